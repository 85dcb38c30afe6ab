export function Totals() {
  return null;
}
