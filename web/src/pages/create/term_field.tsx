import type { Schemas } from "@/api/client";
import { unitName, wholeOf } from "./units";

interface TermFieldProps {
  term: Schemas["TermBody"];
  value: string;
  onChange: (value: string) => void;
}

export function TermField({ term, value, onChange }: TermFieldProps) {
  const hint = `term-${term.name}`;
  const isWrong = value !== "" && wholeOf(value, term.unit) === null;
  return (
    <label className="field" data-figures={`term:${term.name}`}>
      {term.title}, {unitName(term.unit)}
      <input
        data-figure="value"
        inputMode="decimal"
        autoComplete="off"
        value={value}
        aria-invalid={isWrong}
        aria-describedby={hint}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={hint} className="soft" data-figure="bounds">
        {term.low_shown} to {term.high_shown}
        {term.fixed && ", for ever"}: {term.meaning}
      </span>
    </label>
  );
}
