//! The rule of the second opinion: two fresh prices that differ by more than the bound are both worth nothing.

use crate::shared::generated::constants::DIVERGENCE_BPS;
use crate::shared::price::Price;
use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;

/// The difference is measured against the lower price, so that the rule does not depend on which one is the second.
pub fn check(first: &Price, second: &Price) -> Result<()> {
    let difference = u128::from(first.price.abs_diff(second.price)) * 10_000;
    let allowed = u128::from(first.price.min(second.price)) * DIVERGENCE_BPS;
    require!(difference <= allowed, Refusal::Divergence);
    Ok(())
}
