//! What the admin has decided about one feed.

use crate::shared::pin::Pin;
use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;

/// The rules of a feed, at `['rules', feed_id]`. Without this account a feed has no prices: a Switchboard feed may be
/// redefined by its owner, so the admin says which definition counts.
#[account]
#[derive(InitSpace)]
pub struct Rules {
    pub feed_id: Pubkey,
    /// The Switchboard feed.
    pub source: Pin,
    /// Whether prices need a second opinion.
    pub has_second: bool,
    /// The Pyth feed id that gives it.
    pub second: Pubkey,
    pub bump: u8,
}

/// The rules were set.
#[event]
pub struct RulesSet {
    pub feed_id: Pubkey,
    pub admin: Pubkey,
    pub queue: Pubkey,
    pub feed_hash: [u8; 32],
    pub min_samples: u8,
    pub had_second: bool,
    pub has_second: bool,
    pub second: Pubkey,
}

/// The rules in this account. The caller has derived its address, so nobody can pass another feed's.
pub fn load(rules: &AccountInfo) -> Result<Rules> {
    require!(*rules.owner == crate::ID, Refusal::Rules);
    Rules::try_deserialize(&mut &rules.try_borrow_data()?[..])
}
