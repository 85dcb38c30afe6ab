//! Reading a Pyth price update, byte by byte.
//!
//! The receiver program writes this account only after it has checked the guardians' signatures, so owner, type and
//! verification level are what makes the price worth anything. Who posted the update does not matter.
//!
//! | bytes | field |
//! |---|---|
//! | 0..8 | type of the account |
//! | 8..40 | who may overwrite or close it |
//! | 40 | verification level: 1 full; 0 partial, and then everything below lies one byte later |
//! | 41..73 | feed id |
//! | 73..81, 81..89 | price i64, confidence u64, in 10^exponent USD |
//! | 89..93 | exponent i32 |
//! | 93..101, 101..109 | publish time, and that of the price before, unix seconds |
//! | 109..125 | moving average of price and confidence |
//! | 125..133 | slot in which it was posted; byte 133 is only used with partial verification |

use crate::shared::bytes::{array, i32_at, i64_at, key, u64_at};
use crate::shared::generated::constants::{PYTH_EXPONENT_MAX, PYTH_EXPONENT_MIN, PYTH_RECEIVER, PYTH_UPDATE};
use crate::shared::limits;
use crate::shared::price::{scaled, Price};
use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;

const LENGTH: usize = 134;
const LEVEL: usize = 40;
const FULL: u8 = 1;
const FEED_ID: usize = 41;
const PRICE: usize = 73;
const CONF: usize = 81;
const EXPONENT: usize = 89;
const PUBLISH_TIME: usize = 93;

/// The price of `feed_id` in this account, checked in every respect but its place after the last price.
pub fn read(account: &AccountInfo, feed_id: &Pubkey, now: i64) -> Result<Price> {
    require!(*account.owner == PYTH_RECEIVER, Refusal::Oracle);
    let data = account.try_borrow_data()?;
    require!(data.len() == LENGTH && array(&data, 0) == PYTH_UPDATE, Refusal::Layout);
    require!(data[LEVEL] == FULL, Refusal::Unverified);
    require!(key(&data, FEED_ID) == *feed_id, Refusal::Feed);
    let exponent = i32_at(&data, EXPONENT);
    let is_known = (PYTH_EXPONENT_MIN..=PYTH_EXPONENT_MAX).contains(&exponent);
    require!(is_known, Refusal::Exponent);
    let (value, conf) = (i64_at(&data, PRICE), u64_at(&data, CONF));
    let price = scaled(value.into(), conf.into(), exponent, i64_at(&data, PUBLISH_TIME))?;
    limits::checked(price, now)
}
