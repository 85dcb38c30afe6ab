//! `set_rules`: the admin names a Switchboard feed as second opinion, or takes it away.

use crate::rules::{Rules, RulesSet};
use crate::shared::engine::RULES;
use crate::shared::generated::constants::RISK_ENGINE;
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
    /// CHECK: the Switchboard feed that becomes the second opinion; `switchboard::pin` checks it.
    pub second: Option<UncheckedAccount<'info>>,
    pub system_program: Program<'info, System>,
}

/// Set the rules of a feed; `min_samples` counts only with a second opinion.
pub fn run(ctx: Context<SetRules>, feed_id: Pubkey, min_samples: u8) -> Result<()> {
    let a = ctx.accounts;
    admin::check(&a.config, a.admin.key)?;
    let second = match &a.second {
        Some(account) => Some(switchboard::pin(account, min_samples)?),
        None => None,
    };
    let had_second = a.rules.has_second;
    a.rules.set_inner(Rules::new(feed_id, second, ctx.bumps.rules));
    emit!(RulesSet {
        feed_id,
        admin: a.admin.key(),
        had_second,
        has_second: a.rules.has_second,
        second: a.rules.second,
        min_samples: a.rules.min_samples,
    });
    Ok(())
}
