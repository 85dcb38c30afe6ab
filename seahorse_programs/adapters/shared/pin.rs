//! What an admin looked at when choosing a Switchboard feed.
//!
//! A feed's owner may later make it ask for something else. Its definition and its queue of oracles are remembered,
//! and a feed that no longer has them gives no price.

use anchor_lang::prelude::*;

#[derive(Clone, Copy, Default)]
pub struct Pin {
    /// Switchboard's account of the feed.
    pub pull_feed: Pubkey,
    /// The oracles that may sign for it.
    pub queue: Pubkey,
    /// Hash of the jobs that the oracles run.
    pub feed_hash: [u8; 32],
    /// Fewest oracles that must stand behind a price.
    pub min_samples: u8,
}
