import type { ReactNode } from "react";

/**
 * Anything else than a Stat, a Line or a table's cell that shows a figure: a title, a sentence. Tests find it by its name
 * (docs/web.md, "Adding a field"); every number on a page has one.
 */
export function Figure({ name, children }: { name: string; children: ReactNode }) {
  return <span data-figure={name}>{children}</span>;
}
