/** What the words of the risk card mean; its rules with their numbers are in docs/protocol.md. */
export function RiskWords() {
  return (
    <details>
      <summary>How to read this</summary>
      <dl className="lines">
        <div>
          <dt>Score</dt>
          <dd>
            the sum of four factors, each measured on the chain and weighted as the table says. A new one is written
            every epoch by whoever cranks; nobody sets it.
          </dd>
        </div>
        <div>
          <dt>Grade</dt>
          <dd>
            follows from the score and sets the pool’s required reserve, the least premium and the highest leverage. It
            gets worse at once, and better only after a day of better scores.
          </dd>
        </div>
        <div>
          <dt>Overlay</dt>
          <dd>a guard above the formula: while one measure is extreme, a good mean of all four can’t hide it.</dd>
        </div>
        <div>
          <dt>Restricted</dt>
          <dd>
            orders may only reduce positions. Claims, liquidations and withdrawals go on; the notice at the top of the
            page says what ends it.
          </dd>
        </div>
        <div>
          <dt>Provisional</dt>
          <dd>there are too few samples for a factor yet, so it counts as if it were at its worst.</dd>
        </div>
      </dl>
    </details>
  );
}
