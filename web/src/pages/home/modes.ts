/** The five ways in which perpetual markets lose more than their traders have. */
export const MODES: readonly { name: string; what: string }[] = [
  { name: "Thin liquidity", what: "Closing a large position moves the price further against it, past the margin." },
  { name: "High-leverage stacks", what: "Many positions break at the same price; one liquidation sets off the next." },
  { name: "Oracle dependency", what: "A late, wrong or manipulated price liquidates too late, or the wrong trader." },
  { name: "Liquidation engine failure", what: "Congestion or missing keepers leave positions open below zero." },
  { name: "Bad-debt cascades", what: "What nobody covers falls on the other traders, who then leave." },
];

/** Four facts about how it settles. */
export const FACTS: readonly { name: string; what: string }[] = [
  {
    name: "Solana SVM",
    what: "Four programs, written in Python, compiled to Solana bytecode that anyone can rebuild.",
  },
  { name: "On-chain settlement", what: "Premiums, deficits and payouts are USDC transfers between program accounts." },
  {
    name: "Deterministic trigger",
    what: "A deficit above the market's threshold pays. Nobody votes, nobody can refuse.",
  },
  { name: "Market-specific pools", what: "Each market has its own pool. Capital never moves from one to another." },
];
