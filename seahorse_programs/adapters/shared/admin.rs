//! The admin of the adapters is the admin of the risk engine: one key to hand over, one to look after.

use crate::shared::bytes::key;
use crate::shared::generated::constants::RISK_ENGINE;
use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;

/// Where the risk engine's config keeps its admin: behind the eight bytes of the account's type.
const ADMIN: usize = 8;

/// `config` must be the risk engine's config (the caller derives its address) and name this admin.
pub fn check(config: &AccountInfo, admin: &Pubkey) -> Result<()> {
    require!(*config.owner == RISK_ENGINE, Refusal::Program);
    require!(key(&config.try_borrow_data()?, ADMIN) == *admin, Refusal::Admin);
    Ok(())
}
