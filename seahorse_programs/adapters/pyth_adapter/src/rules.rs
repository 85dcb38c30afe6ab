//! What the admin has decided about one feed.

use crate::shared::pin::Pin;
use anchor_lang::prelude::*;

/// The rules of a feed, at `['rules', feed_id]`. A feed without this account works without a second opinion.
#[account]
#[derive(InitSpace)]
pub struct Rules {
    pub feed_id: Pubkey,
    /// Whether prices need a second opinion.
    pub has_second: bool,
    /// The Switchboard feed that gives it.
    pub second: Pin,
    pub bump: u8,
}

/// The rules were set.
#[event]
pub struct RulesSet {
    pub feed_id: Pubkey,
    pub admin: Pubkey,
    pub had_second: bool,
    pub has_second: bool,
    pub second: Pubkey,
    pub min_samples: u8,
}

/// The second opinion that the feed needs, if any. The caller has derived the account's address, so nobody can pass
/// another feed's rules, and an address that this program has not filled holds none.
pub fn second_of(rules: &AccountInfo) -> Result<Option<Pin>> {
    if *rules.owner != crate::ID {
        return Ok(None);
    }
    let found = Rules::try_deserialize(&mut &rules.try_borrow_data()?[..])?;
    Ok(found.has_second.then_some(found.second))
}
