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
    /// Switchboard's account that gives it, and what the admin looked at: see `shared::pin`.
    pub second: Pubkey,
    pub queue: Pubkey,
    pub feed_hash: [u8; 32],
    pub min_samples: u8,
    pub bump: u8,
}

impl Rules {
    /// The rules that ask for this second opinion, or for none.
    pub fn new(feed_id: Pubkey, second: Option<Pin>, bump: u8) -> Self {
        let Pin { pull_feed, queue, feed_hash, min_samples } = second.unwrap_or_default();
        let has_second = second.is_some();
        Self { feed_id, has_second, second: pull_feed, queue, feed_hash, min_samples, bump }
    }

    fn pin(&self) -> Option<Pin> {
        let pin = Pin {
            pull_feed: self.second,
            queue: self.queue,
            feed_hash: self.feed_hash,
            min_samples: self.min_samples,
        };
        self.has_second.then_some(pin)
    }
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
    Ok(found.pin())
}
