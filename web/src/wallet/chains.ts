/** A cluster's name in the wallet standard. */
export const CHAINS: Readonly<Record<string, `solana:${string}`>> = {
  localnet: "solana:localnet",
  devnet: "solana:devnet",
  mainnet: "solana:mainnet",
};
