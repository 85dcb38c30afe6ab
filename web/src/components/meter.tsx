import "./meter.css";

interface MeterProps {
  /** Basis points. */
  value: number;
  /** Where it becomes a problem, basis points. */
  cap: number;
  label: string;
}

/** A bar against its cap; what is beyond the bar's end is shown full. */
export function Meter({ value, cap, label }: MeterProps) {
  const tone = value > cap ? "bad" : value > cap - 1_500 ? "warn" : "good";
  return (
    <meter
      className="meter"
      data-value=""
      data-tone={tone}
      min={0}
      max={10_000}
      high={cap}
      value={Math.min(value, 10_000)}
      aria-label={label}
    />
  );
}
