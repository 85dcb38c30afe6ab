/** A whole number of atoms as a floating-point one: for drawing only, never for a figure. */
export const approximate = (atoms: string, decimals: number): number => Number(atoms) / 10 ** decimals;
