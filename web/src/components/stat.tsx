import type { ReactNode } from "react";

interface StatProps {
  name: string;
  /** What tests call it, where the name has a number in it. */
  figure?: string;
  children: ReactNode;
}

/** One figure with its name; inside a `dl`. */
export function Stat({ name, figure = name, children }: StatProps) {
  return (
    <div className="stat" data-figures={`stat:${figure}`}>
      <dt data-figure="name">{name}</dt>
      <dd data-figure="">{children}</dd>
    </div>
  );
}

/** The same as a line of a list; inside a `dl` of class `lines`. */
export function Line({ name, figure, children }: { name: ReactNode; figure?: string; children: ReactNode }) {
  return (
    <div data-figures={`line:${figure ?? String(name)}`}>
      <dt data-figure="name">{name}</dt>
      <dd data-figure="">{children}</dd>
    </div>
  );
}
