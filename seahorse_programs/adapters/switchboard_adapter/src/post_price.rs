//! `post_price`: from Switchboard's account to the risk engine's feed.

use crate::rules;
use crate::shared::engine::{push, Push, RULES, WRITER};
use crate::shared::generated::constants::RISK_ENGINE;
use crate::shared::refusal::Refusal;
use crate::shared::{divergence, pyth, switchboard};
use anchor_lang::prelude::*;

#[derive(Accounts)]
#[instruction(feed_id: Pubkey)]
pub struct PostPrice<'info> {
    pub caller: Signer<'info>,
    /// CHECK: Switchboard's pull feed; `switchboard::read` checks owner, type and content.
    pub pull_feed: UncheckedAccount<'info>,
    /// CHECK: the second opinion, where the rules name one; `pyth::read` checks it.
    pub second: Option<UncheckedAccount<'info>>,
    /// CHECK: the address is derived; `rules::load` checks the owner.
    #[account(seeds = [RULES, feed_id.as_ref()], bump)]
    pub rules: UncheckedAccount<'info>,
    /// CHECK: the address that signs; nothing lives there.
    #[account(mut, seeds = [WRITER, feed_id.as_ref()], bump)]
    pub writer: UncheckedAccount<'info>,
    /// CHECK: checked by the risk engine.
    #[account(mut)]
    pub config: UncheckedAccount<'info>,
    /// CHECK: checked by the risk engine: it must name the writer.
    #[account(mut)]
    pub feed: UncheckedAccount<'info>,
    /// CHECK: the one program that receives the writer's signature.
    #[account(address = RISK_ENGINE @ Refusal::Program)]
    pub risk_engine: UncheckedAccount<'info>,
    pub clock: Sysvar<'info, Clock>,
}

pub fn run(ctx: Context<PostPrice>, feed_id: Pubkey) -> Result<()> {
    let a = &ctx.accounts;
    let rules = rules::load(&a.rules)?;
    let price = switchboard::read(&a.pull_feed, &rules.pin(), &a.clock)?;
    if rules.has_second {
        let second = a.second.as_ref().ok_or(Refusal::Second)?;
        divergence::check(&price, &pyth::read(second, &rules.second, a.clock.unix_timestamp)?)?;
    }
    let accounts = Push {
        writer: &a.writer,
        config: &a.config,
        feed: &a.feed,
        clock: &a.clock.to_account_info(),
    };
    push(accounts, &feed_id, ctx.bumps.writer, &price)
}
