import "./bar.css";

interface BarProps {
  /** 0 to 1; what is beyond the end is shown full. */
  part: number;
  tone?: "accent" | "good" | "warn" | "bad";
  /** From the right, for what stands on the left of a middle. */
  isMirrored?: boolean;
}

/** A share of a whole as a picture beside its figure; whoever listens has the figure. */
export function Bar({ part, tone = "accent", isMirrored = false }: BarProps) {
  const width = Math.min(Math.max(part, 0), 1) * 100;
  return (
    <svg className="share" aria-hidden="true">
      <rect className="share-whole" width="100%" height="100%" rx="3" />
      {width > 0 && (
        <rect
          data-tone={tone}
          x={isMirrored ? `${100 - width}%` : 0}
          width={`${Math.max(width, 1)}%`}
          height="100%"
          rx="3"
        />
      )}
    </svg>
  );
}
