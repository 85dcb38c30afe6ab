import type { Schemas } from "@/api/client";
import { SCORE } from "@/format/scales";
import "./score_scale.css";

const WHOLE = 10 ** SCORE;
const TONES: Record<string, string> = { A: "good", B: "good", C: "warn", D: "bad", Restricted: "bad" };
const at = (score: number): string => `${(Math.min(score, WHOLE) * 100) / WHOLE}%`;

/** The score as its four factors put it together, over the grades that it can reach. The figures are in the table. */
export function ScoreScale({ risk }: { risk: Schemas["RiskDetail"] }) {
  if (risk.score === null) return null;
  let sum = 0;
  const parts = risk.factors.map(({ name, contribution }) => {
    const from = sum;
    sum += contribution;
    return { name, from, contribution };
  });
  const bands = risk.grades.map(({ grade, score_below }, place) => {
    const from = risk.grades[place - 1]?.score_below ?? 0;
    return { grade, from, to: score_below ?? WHOLE };
  });
  return (
    <svg className="scale" role="img" aria-label="The score on the scale of grades, put together from its factors">
      <rect className="scale-whole" y="6" width="100%" height="22" rx="4" />
      {parts.map(({ name, from, contribution }) => (
        <rect key={name} data-factor={name} x={at(from)} y="6" width={at(contribution)} height="22" />
      ))}
      {bands.map(({ grade, from, to }) => (
        <g key={grade} data-tone={TONES[grade]} className={grade === risk.grade ? "band now" : "band"}>
          <rect x={at(from)} y="34" width={at(to - from)} height="8" />
          <text x={at((from + to) / 2)} y="60">
            {grade}
          </text>
        </g>
      ))}
      {bands.slice(1).map(({ grade, from }) => (
        <line key={grade} x1={at(from)} x2={at(from)} y1="30" y2="46" className="scale-cut" />
      ))}
      <line x1={at(risk.score)} x2={at(risk.score)} y1="0" y2="46" className="scale-now" />
    </svg>
  );
}
