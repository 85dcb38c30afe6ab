//! Why an adapter refuses. Anchor logs the message, so clients read `E_CODE: what to do` as from the other programs.
//!
//! A price older than the last one (`E_PRICE_OLD`) is refused by the risk engine, which alone knows the last one.

use anchor_lang::prelude::*;

#[error_code]
pub enum Refusal {
    #[msg("E_PROGRAM: pass the risk engine's own program")]
    Program,
    #[msg("E_ADMIN: sign with the admin of the risk engine")]
    Admin,
    #[msg("E_ORACLE: pass an account of the oracle's own program")]
    Oracle,
    #[msg("E_LAYOUT: pass an account of the type and length that the oracle publishes prices in")]
    Layout,
    #[msg("E_UNVERIFIED: pass a price update with full verification")]
    Unverified,
    #[msg("E_FEED: pass the price of this feed")]
    Feed,
    #[msg("E_EXPONENT: this price has an exponent out of range")]
    Exponent,
    #[msg("E_PRICE: wait for a price above 0 that fits the risk engine")]
    Price,
    #[msg("E_PRICE_AHEAD: wait until the publish time has come")]
    PriceAhead,
    #[msg("E_PRICE_STALE: update the oracle's account first, its price is too old")]
    PriceStale,
    #[msg("E_CONFIDENCE: wait for a confidence interval within a tenth of the price")]
    Confidence,
    #[msg("E_SAMPLES: wait until enough of the oracle's nodes agree on a price")]
    Samples,
    #[msg("E_RULES: the admin has to set the rules of this feed first")]
    Rules,
    #[msg("E_CHANGED: the oracle's feed is no longer what the admin looked at, the admin has to set its rules again")]
    Changed,
    #[msg("E_OVERRIDE: this feed lets its owner write prices by hand, choose another")]
    Override,
    #[msg("E_SECOND: pass the account of this feed's second opinion")]
    Second,
    #[msg("E_DIVERGENCE: wait until both oracles agree")]
    Divergence,
}
