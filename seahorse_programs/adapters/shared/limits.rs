//! What any oracle's price has to satisfy: the risk engine's own bounds, so that a refusal names the oracle's part.

use crate::shared::generated::constants::{CONF_REFUSE_BPS, PRICE_MAX, PRICE_MAX_AGE};
use crate::shared::price::Price;
use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;

/// Pass a price that the risk engine would take if it is newer than the last one.
pub fn checked(price: Price, now: i64) -> Result<Price> {
    require!(price.price > 0 && price.price <= PRICE_MAX, Refusal::Price);
    require!(price.publish_time <= now, Refusal::PriceAhead);
    let expires = price.publish_time.saturating_add(PRICE_MAX_AGE);
    require!(expires >= now, Refusal::PriceStale);
    let width = u128::from(price.conf) * 10_000;
    require!(width <= u128::from(price.price) * CONF_REFUSE_BPS, Refusal::Confidence);
    Ok(price)
}
