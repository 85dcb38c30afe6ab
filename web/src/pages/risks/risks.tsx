import { useRisks } from "@/api/queries";
import { Loaded, Notice } from "@/components/states";

const TONES: Record<string, "good" | "warn" | "bad"> = { high: "bad", critical: "bad", medium: "warn", low: "good" };

export function Risks() {
  return (
    <div className="stack">
      <h1>Risks</h1>
      <Loaded query={useRisks()} what="Risks" rows={8}>
        {({ items, warning }) => (
          <>
            <Notice tone="warn" title={warning} />
            <ul className="grid plain">
              {items.map((risk) => (
                <li key={risk.name} className="card" data-figures={`risk:${risk.name}`}>
                  <h2>{risk.title}</h2>
                  <p>
                    <span className="badge" data-tone={TONES[risk.severity]}>
                      {risk.severity}
                    </span>
                  </p>
                  <p data-figure="failure">{risk.failure}</p>
                  <p className="soft" data-figure="mitigation">
                    {risk.mitigation}
                  </p>
                  {risk.open && (
                    <p className="soft" data-figure="open">
                      Open: {risk.open}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </div>
  );
}
