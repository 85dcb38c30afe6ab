/** The two ends of an address; the whole of it belongs beside it, on hover or by copying. */
export const shortAddress = (address: string): string =>
  address.length > 11 ? `${address.slice(0, 4)}…${address.slice(-4)}` : address;
