/** Decimal places of the API's whole numbers. */
export const USDC = 6;
export const USD = 6;
export const SOL = 9;
/** Scores and factors: 1e6 = 1. */
export const SCORE = 6;
/** 1e9 = one atom a share. */
export const SHARE_PRICE = 9;
/** 10 000 = 1x. */
export const LEVERAGE = 4;
