//! A price in the risk engine's unit, whoever published it.

use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;

/// Digits after the point in the risk engine's unit, 1e-6 USD.
const DECIMALS: i32 = 6;

#[derive(Clone, Copy)]
pub struct Price {
    /// 1e-6 USD, rounded down.
    pub price: u64,
    /// Half the width of the confidence interval in 1e-6 USD, rounded up: rounding never makes a price look surer.
    pub conf: u64,
    /// Unix time in seconds.
    pub publish_time: i64,
}

/// `value * 10^exponent` USD and its confidence, in 1e-6 USD. The caller bounds the exponent.
pub fn scaled(value: i128, conf: u128, exponent: i32, publish_time: i64) -> Result<Price> {
    let value = u128::try_from(value).map_err(|_| Refusal::Price)?;
    let factor = 10u128.pow(exponent.abs_diff(-DECIMALS));
    let (price, conf) = if exponent >= -DECIMALS {
        let raised = value.checked_mul(factor).ok_or(Refusal::Price)?;
        (raised, conf.checked_mul(factor).ok_or(Refusal::Confidence)?)
    } else {
        (value / factor, conf.div_ceil(factor))
    };
    Ok(Price {
        price: u64::try_from(price).map_err(|_| Refusal::Price)?,
        conf: u64::try_from(conf).map_err(|_| Refusal::Confidence)?,
        publish_time,
    })
}
