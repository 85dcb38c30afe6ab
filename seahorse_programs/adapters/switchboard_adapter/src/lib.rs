//! Brings prices of Switchboard On-Demand to the risk engine.
//!
//! Anyone may call `post_price`. A market trusts this program, not the caller: the program reads a pull feed whose
//! result Switchboard has verified, checks it, and signs `push_price` with the address that the feed names as its
//! writer. The id of such a feed is the address of Switchboard's account. Where the admin has set a Pyth feed as
//! second opinion, both must agree.

use anchor_lang::prelude::*;

mod post_price;
mod rules;
mod set_rules;
mod shared;

use post_price::*;
use set_rules::*;

declare_id!("9D9ykWSzWv4kEBxkQsr62CouSB2LYXbYPNn8KArMf2h6");

#[program]
pub mod switchboard_adapter {
    use super::*;

    /// Push the result of a pull feed to the feed of the risk engine (any).
    pub fn post_price(ctx: Context<PostPrice>, feed_id: Pubkey) -> Result<()> {
        post_price::run(ctx, feed_id)
    }

    /// Accept a pull feed as it is now, and name its second opinion or none (admin of the risk engine).
    pub fn set_rules(
        ctx: Context<SetRules>, feed_id: Pubkey, min_samples: u8, second: Option<Pubkey>,
    ) -> Result<()> {
        set_rules::run(ctx, feed_id, min_samples, second)
    }
}
