import type { Schemas } from "@/api/client";
import { useRisk, useScores } from "@/api/queries";
import { Missing } from "@/components/amounts";
import { Bar } from "@/components/bar";
import { Grade } from "@/components/grade";
import { Loaded, Notice } from "@/components/states";
import { Table } from "@/components/table";
import { Ago } from "@/components/when";
import { decimal } from "@/format/decimal";
import { SCORE } from "@/format/scales";
import { measured } from "./measured";
import { RiskWords } from "./risk_words";
import { ScoreChart } from "./score_chart";
import { ScoreScale } from "./score_scale";

const NO_GRADES: Schemas["RiskDetail"]["grades"] = [];
const score = (value: number): string => decimal(String(value), SCORE, 3);

export function Risk({ market }: { market: string }) {
  const query = useRisk(market);
  const scores = useScores(market);
  return (
    <section className="card" aria-labelledby="risk">
      <h2 id="risk">Risk</h2>
      <Loaded query={query} what="Risk" rows={5}>
        {(risk) => (
          <>
            <p data-figure="score" className="score-head">
              Score <strong>{risk.score === null ? <Missing why="no score yet" /> : score(risk.score)}</strong>
              {risk.provisional && " (provisional: too few samples, missing factors count as 1)"}, grade{" "}
              <Grade grade={risk.grade} />
              {risk.updated_at !== null && (
                <>
                  , <Ago seconds={risk.updated_at} />
                </>
              )}
            </p>
            <ScoreScale risk={risk} />
            <Factors factors={risk.factors} />
            {risk.overlay.active && (
              <Notice tone="warn" title="Overlay: no grade better than C">
                {risk.overlay.causes.map((cause, at) => (
                  <p key={cause} data-figure={`overlay/${at}`}>
                    {cause}
                  </p>
                ))}
              </Notice>
            )}
            <h3>What would change the grade</h3>
            <ul className="plain">
              {risk.changes.map((change) => (
                <li key={change.grade} data-figure={`change/${change.grade}`}>
                  <Grade grade={change.grade} /> {change.words}
                </li>
              ))}
            </ul>
            <RiskWords />
          </>
        )}
      </Loaded>
      <h3>Score by epoch</h3>
      <Loaded query={scores} what="Score history" rows={2}>
        {({ items }) => <ScoreChart points={items} grades={query.data?.grades ?? NO_GRADES} />}
      </Loaded>
    </section>
  );
}

function Factors({ factors }: { factors: readonly Schemas["Factor"][] }) {
  return (
    <Table
      caption="The four factors of the score"
      rows={factors}
      id={({ name }) => name}
      empty={<Notice title="No score yet">A keeper writes the first one at the end of the epoch.</Notice>}
      columns={[
        {
          key: "title",
          name: "Factor",
          show: ({ name, title }) => (
            <span className="factor">
              <span className="key" data-factor={name} aria-hidden="true" />
              {title}
            </span>
          ),
        },
        {
          key: "raw",
          name: "Measured",
          isNumber: true,
          show: ({ raw, raw_unit, measured: isMeasured, samples, samples_needed }) =>
            raw === null || !isMeasured ? (
              <Missing why={`${samples ?? 0} of ${samples_needed ?? 0} samples: counts as 1 until then`} />
            ) : (
              measured(raw, raw_unit)
            ),
        },
        { key: "full", name: "Full at", isNumber: true, show: ({ full_at, raw_unit }) => measured(full_at, raw_unit) },
        {
          key: "value",
          name: "Of its worst",
          isNumber: true,
          show: ({ value }) => (
            <span className="measure">
              <Bar part={value / 10 ** SCORE} />
              {score(value)}
            </span>
          ),
        },
        { key: "weight", name: "Weight", isNumber: true, show: ({ weight }) => `${weight}\u00a0%` },
        { key: "part", name: "Of the score", isNumber: true, show: ({ contribution }) => score(contribution) },
      ]}
    />
  );
}
