import type { ReactNode } from "react";

/** One figure with its name; inside a `dl`. */
export function Stat({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="stat">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
