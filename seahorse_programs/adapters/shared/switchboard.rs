//! Reading a Switchboard On-Demand pull feed, byte by byte.
//!
//! Switchboard's program writes the result after it has checked the oracles' signatures: the median of what they
//! signed for recent slots. Offsets count from the start of the account's data:
//!
//! | bytes | field |
//! |---|---|
//! | 0..8 | type of the account |
//! | 8..2056 | the last answer of each of 32 oracles |
//! | 2056..2088, 2088..2120, 2120..2152 | owner, queue, hash of the jobs |
//! | 2213 | 1 where the owner may write results by hand |
//! | 2216..2224 | time of the last update, unix seconds |
//! | 2264..2280, 2280..2296 | result: median and standard deviation, i128 in 1e-18 USD |
//! | 2360 | answers behind the result |
//! | 2376..2384, 2384..2392 | lowest and highest slot that these answers are for |

use crate::shared::bytes::{array, i128_at, i64_at, key, u64_at};
use crate::shared::generated::constants::{
    SWITCHBOARD_FEED, SWITCHBOARD_MAX_SLOTS, SWITCHBOARD_MIN_SAMPLES, SWITCHBOARD_PROGRAM,
};
use crate::shared::limits;
use crate::shared::pin::Pin;
use crate::shared::price::{scaled, Price};
use crate::shared::refusal::Refusal;
use anchor_lang::prelude::*;
use std::cell::Ref;

const LENGTH: usize = 3208;
const QUEUE: usize = 2088;
const FEED_HASH: usize = 2120;
const WRITABLE_BY_OWNER: usize = 2213;
const LAST_UPDATE: usize = 2216;
const MEDIAN: usize = 2264;
const DEVIATION: usize = 2280;
const SAMPLES: usize = 2360;
const MIN_SLOT: usize = 2376;
const MAX_SLOT: usize = 2384;
/// Results are in 1e-18 USD.
const EXPONENT: i32 = -18;

/// What an admin agrees to by naming this feed.
pub fn pin(account: &AccountInfo, min_samples: u8) -> Result<Pin> {
    let data = open(account)?;
    require!(min_samples >= SWITCHBOARD_MIN_SAMPLES, Refusal::Samples);
    Ok(Pin {
        pull_feed: *account.key,
        queue: key(&data, QUEUE),
        feed_hash: array(&data, FEED_HASH),
        min_samples,
    })
}

/// The price in the pinned feed, checked in every respect but its place after the last price.
///
/// An update counts from when it was written, but its answers may be older than that: their slots have a bound of
/// their own.
pub fn read(account: &AccountInfo, pin: &Pin, clock: &Clock) -> Result<Price> {
    require!(*account.key == pin.pull_feed, Refusal::Feed);
    let data = open(account)?;
    let is_same = key(&data, QUEUE) == pin.queue && array(&data, FEED_HASH) == pin.feed_hash;
    require!(is_same, Refusal::Changed);
    require!(data[SAMPLES] >= pin.min_samples, Refusal::Samples);
    require!(u64_at(&data, MAX_SLOT) <= clock.slot, Refusal::PriceAhead);
    let expires = u64_at(&data, MIN_SLOT).saturating_add(SWITCHBOARD_MAX_SLOTS);
    require!(expires >= clock.slot, Refusal::PriceStale);
    let deviation = u128::try_from(i128_at(&data, DEVIATION)).map_err(|_| Refusal::Confidence)?;
    let price = scaled(i128_at(&data, MEDIAN), deviation, EXPONENT, i64_at(&data, LAST_UPDATE))?;
    limits::checked(price, clock.unix_timestamp)
}

/// The data of a pull feed that only its oracles can write.
fn open<'a>(account: &'a AccountInfo) -> Result<Ref<'a, &'a mut [u8]>> {
    require!(*account.owner == SWITCHBOARD_PROGRAM, Refusal::Oracle);
    let data = account.data.try_borrow().map_err(|_| ProgramError::AccountBorrowFailed)?;
    require!(data.len() == LENGTH && array(&data, 0) == SWITCHBOARD_FEED, Refusal::Layout);
    require!(data[WRITABLE_BY_OWNER] == 0, Refusal::Override);
    Ok(data)
}
