const TONES: Record<string, "good" | "warn" | "bad"> = { A: "good", B: "good", C: "warn", D: "bad", Restricted: "bad" };

export function Grade({ grade }: { grade: string }) {
  return (
    <span className="badge" data-tone={TONES[grade]} title={`Risk grade ${grade}`} data-value="">
      {grade}
    </span>
  );
}
