//! Fixed-width numbers out of an account's data, little-endian. The caller has checked the length.

use anchor_lang::prelude::Pubkey;

/// `N` bytes from `offset`.
pub fn array<const N: usize>(data: &[u8], offset: usize) -> [u8; N] {
    let mut out = [0u8; N];
    out.copy_from_slice(&data[offset..offset + N]);
    out
}

pub fn key(data: &[u8], offset: usize) -> Pubkey {
    Pubkey::new_from_array(array(data, offset))
}

pub fn i32_at(data: &[u8], offset: usize) -> i32 {
    i32::from_le_bytes(array(data, offset))
}

pub fn i64_at(data: &[u8], offset: usize) -> i64 {
    i64::from_le_bytes(array(data, offset))
}

pub fn u64_at(data: &[u8], offset: usize) -> u64 {
    u64::from_le_bytes(array(data, offset))
}

pub fn i128_at(data: &[u8], offset: usize) -> i128 {
    i128::from_le_bytes(array(data, offset))
}
