//! `set_rules`: the admin accepts a Switchboard feed as it is now, and names a second opinion or none.

use crate::rules::{Rules, RulesSet};
use crate::shared::engine::RULES;
use crate::shared::generated::constants::RISK_ENGINE;
use crate::shared::refusal::Refusal;
use crate::shared::{admin, switchboard};
use anchor_lang::prelude::*;

#[derive(Accounts)]
#[instruction(feed_id: Pubkey)]
pub struct SetRules<'info> {
    #[account(mut)]
    pub admin: Signer<'info>,
    /// CHECK: the risk engine's config; `admin::check` reads who the admin is.
    #[account(seeds = [b"config"], bump, seeds::program = RISK_ENGINE)]
    pub config: UncheckedAccount<'info>,
    #[account(
        init_if_needed, payer = admin, space = 8 + Rules::INIT_SPACE, seeds = [RULES, feed_id.as_ref()], bump
    )]
    pub rules: Account<'info, Rules>,
    /// CHECK: Switchboard's account, whose address is the feed id; `switchboard::pin` checks it.
    #[account(address = feed_id @ Refusal::Feed)]
    pub pull_feed: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

/// Set the rules of a feed; `second` is a Pyth feed id.
pub fn run(ctx: Context<SetRules>, feed_id: Pubkey, min_samples: u8, second: Option<Pubkey>) -> Result<()> {
    let a = ctx.accounts;
    admin::check(&a.config, a.admin.key)?;
    let source = switchboard::pin(&a.pull_feed, min_samples)?;
    let had_second = a.rules.has_second;
    a.rules.set_inner(Rules::new(source, second, ctx.bumps.rules));
    emit!(RulesSet {
        feed_id,
        admin: a.admin.key(),
        queue: source.queue,
        feed_hash: source.feed_hash,
        min_samples,
        had_second,
        has_second: a.rules.has_second,
        second: a.rules.second,
    });
    Ok(())
}
