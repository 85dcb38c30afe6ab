//! Handing a price to the risk engine.

use crate::shared::generated::constants::{PUSH_PRICE, RISK_ENGINE};
use crate::shared::price::Price;
use anchor_lang::prelude::*;
use anchor_lang::solana_program::{instruction::Instruction, program::invoke_signed};

/// Seed of the address with which an adapter signs for one feed; the risk engine derives the same in `open_feed`.
pub const WRITER: &[u8] = b"writer";
/// Seed of the account with the rules of one feed.
pub const RULES: &[u8] = b"rules";

/// The accounts of `push_price`, in its order.
pub struct Push<'a, 'info> {
    pub writer: &'a AccountInfo<'info>,
    pub config: &'a AccountInfo<'info>,
    pub feed: &'a AccountInfo<'info>,
    pub clock: &'a AccountInfo<'info>,
}

/// Call `push_price`, signed with the writer of `feed_id`.
///
/// The signature goes to the risk engine's own program and nowhere else. The engine takes it only for the feed that
/// names this writer, so that accounts of another feed are refused there.
pub fn push(accounts: Push, feed_id: &Pubkey, bump: u8, price: &Price) -> Result<()> {
    let mut data = PUSH_PRICE.to_vec();
    (price.price, price.conf, price.publish_time).serialize(&mut data)?;
    let Push { writer, config, feed, clock } = accounts;
    let metas = vec![
        AccountMeta::new(*writer.key, true),
        AccountMeta::new(*config.key, false),
        AccountMeta::new(*feed.key, false),
        AccountMeta::new_readonly(*clock.key, false),
    ];
    let call = Instruction { program_id: RISK_ENGINE, accounts: metas, data };
    let infos = [writer.clone(), config.clone(), feed.clone(), clock.clone()];
    invoke_signed(&call, &infos, &[&[WRITER, feed_id.as_ref(), &[bump]]])?;
    Ok(())
}
