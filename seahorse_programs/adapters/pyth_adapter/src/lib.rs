//! Brings prices of the Pyth pull oracle to the risk engine.
//!
//! Anyone may call `post_price`. A market trusts this program, not the caller: the program reads a price update that
//! Pyth's receiver has verified, checks it, and signs `push_price` with the address that the feed names as its writer.
//! Where the admin has set a Switchboard feed as second opinion, both must agree.

use anchor_lang::prelude::*;

mod post_price;
mod rules;
mod set_rules;
mod shared;

use post_price::*;
use set_rules::*;

declare_id!("E7YNdo2uQUET9PHKz9nVkrnvhV9VnZ1AHScPsYjpLY14");

#[program]
pub mod pyth_adapter {
    use super::*;

    /// Push the price of an update account to the feed (any).
    pub fn post_price(ctx: Context<PostPrice>, feed_id: Pubkey) -> Result<()> {
        post_price::run(ctx, feed_id)
    }

    /// Name the feed's second opinion, or none where no account is given (admin of the risk engine).
    pub fn set_rules(ctx: Context<SetRules>, feed_id: Pubkey, min_samples: u8) -> Result<()> {
        set_rules::run(ctx, feed_id, min_samples)
    }
}
