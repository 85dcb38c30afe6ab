export function Markets() {
  return null;
}
