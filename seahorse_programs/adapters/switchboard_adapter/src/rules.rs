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
    /// What the admin looked at: see `shared::pin`.
    pub queue: Pubkey,
    pub feed_hash: [u8; 32],
    pub min_samples: u8,
    /// Whether prices need a second opinion.
    pub has_second: bool,
    /// The Pyth feed id that gives it.
    pub second: Pubkey,
    pub bump: u8,
}

impl Rules {
    /// The rules that accept a feed as pinned and ask for this second opinion, or for none.
    pub fn new(source: Pin, second: Option<Pubkey>, bump: u8) -> Self {
        let Pin { pull_feed, queue, feed_hash, min_samples } = source;
        let has_second = second.is_some();
        let second = second.unwrap_or_default();
        Self { feed_id: pull_feed, queue, feed_hash, min_samples, has_second, second, bump }
    }

    /// What the feed has to be like.
    pub fn pin(&self) -> Pin {
        Pin {
            pull_feed: self.feed_id,
            queue: self.queue,
            feed_hash: self.feed_hash,
            min_samples: self.min_samples,
        }
    }
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
