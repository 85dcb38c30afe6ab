import { useState } from "react";

/** `odd` and `even` by turns, one turn for each change; undefined before the first. For a short sign that something is new. */
export function useChanges(value: string): "odd" | "even" | undefined {
  const [seen, setSeen] = useState({ value, times: 0 });
  if (seen.value !== value) setSeen({ value, times: seen.times + 1 });
  if (seen.times === 0) return undefined;
  return seen.times % 2 === 1 ? "odd" : "even";
}
