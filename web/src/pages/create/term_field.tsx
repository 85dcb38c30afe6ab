import type { Schemas } from "@/api/client";
import { typed, unitName, wholeOf } from "./units";

interface TermFieldProps {
  term: Schemas["TermBody"];
  value: string;
  onChange: (value: string) => void;
}

/** One term. What it means is said of the value that stands there at first; of any other the plan says it. */
export function TermField({ term, value, onChange }: TermFieldProps) {
  const hint = `term-${term.name}`;
  const isFirst = term.value === null || value === typed(term.value, term.unit);
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
      <span id={hint} className="soft">
        <span data-figure="bounds">
          {term.low_shown} to {term.high_shown}
        </span>
        {term.fixed && ", for ever"}
        {isFirst ? <span data-figure="meaning">: {term.meaning}</span> : ". The plan says what it means."}
      </span>
    </label>
  );
}
