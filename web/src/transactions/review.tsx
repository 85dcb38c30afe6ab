import type { Schemas } from "@/api/client";
import { Line } from "@/components/stat";
import { Notice } from "@/components/states";
import { decimal } from "@/format/decimal";
import "./review.css";

/** Everything a transaction means, in the server's words; the bytes are checked against it before the wallet is asked. */
export function Review({ built }: { built: Schemas["BuiltTransaction"] }) {
  const { summary, simulation } = built;
  return (
    <div className="review">
      <dl className="lines">
        {summary.words.map(({ label, value }) => (
          <Line key={label} name={label}>
            {value}
          </Line>
        ))}
      </dl>
      {summary.warnings.map(({ code, words }) => (
        <Notice key={code} tone="warn" title={words} />
      ))}
      {simulation.success ? (
        <p className="soft" data-figure="tried">
          Tried on the chain just now: it succeeds, with {decimal(String(simulation.units), 0)} compute units.
        </p>
      ) : (
        <Notice tone="bad" figure="tried" title={`It would fail now: ${simulation.code ?? "no reason given"}`}>
          {simulation.advice}
        </Notice>
      )}
    </div>
  );
}
