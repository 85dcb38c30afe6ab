//! `post_price`: from Pyth's account to the risk engine's feed.

use crate::rules::second_of;
use crate::shared::engine::{push, Push, RULES, WRITER};
use crate::shared::generated::constants::RISK_ENGINE;
use crate::shared::refusal::Refusal;
use crate::shared::{divergence, pyth, switchboard};
use anchor_lang::prelude::*;

#[derive(Accounts)]
#[instruction(feed_id: Pubkey)]
pub struct PostPrice<'info> {
    pub caller: Signer<'info>,
    /// CHECK: Pyth's price update; `pyth::read` checks owner, type and content.
    pub update: UncheckedAccount<'info>,
    /// CHECK: the second opinion, where the rules name one; `switchboard::read` checks it.
    pub second: Option<UncheckedAccount<'info>>,
    /// CHECK: the address is derived; `second_of` checks the owner.
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
    let price = pyth::read(&a.update, &feed_id, a.clock.unix_timestamp)?;
    if let Some(pin) = second_of(&a.rules)? {
        let second = a.second.as_ref().ok_or(Refusal::Second)?;
        divergence::check(&price, &switchboard::read(second, &pin, &a.clock)?)?;
    }
    let accounts = Push {
        writer: &a.writer,
        config: &a.config,
        feed: &a.feed,
        clock: &a.clock.to_account_info(),
    };
    push(accounts, &feed_id, ctx.bumps.writer, &price)
}
