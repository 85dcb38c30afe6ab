/** How money moves, as a picture; the list under it says the same to a screen reader. */
const STEPS: readonly { name: string; what: string }[] = [
  { name: "Liquidity providers", what: "deposit USDC into one market’s pool and get shares" },
  { name: "The market", what: "pays a share of its trading fees, more when its score is worse" },
  { name: "A deficit", what: "of a liquidation is reported by the market’s own signature" },
  { name: "The pool", what: "pays it after margin, market fund, unvested profit and the creator’s stake" },
];

export function Flow() {
  return (
    <ol className="flow">
      {STEPS.map((step) => (
        <li key={step.name}>
          <strong>{step.name}</strong>
          <span>{step.what}</span>
        </li>
      ))}
    </ol>
  );
}
