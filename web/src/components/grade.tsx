import type { Schemas } from "@/api/client";

export type GradeName = Schemas["Market"]["grade"];

const TONES: Record<GradeName, "good" | "warn" | "bad"> = {
  A: "good",
  B: "good",
  C: "warn",
  D: "bad",
  Restricted: "bad",
};

export function Grade({ grade }: { grade: GradeName }) {
  return (
    <span className="badge" data-tone={TONES[grade]} title={`Risk grade ${grade}`} data-value="">
      {grade}
    </span>
  );
}
