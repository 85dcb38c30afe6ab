/** Said in the footer and before the first deposit, in the same words. */
export function Disclaimer() {
  return (
    <p className="disclaimer">
      Experimental, unaudited software. Non-custodial. Deposits may be used to cover insolvencies. Losses possible, up
      to everything. No yield is promised. USDC can be frozen by its issuer and can lose its peg.
    </p>
  );
}
