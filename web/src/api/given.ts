/** Only what is given: the API refuses empty parameters. */
export function given<T extends Record<string, unknown>>(parameters: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined)) as never;
}
