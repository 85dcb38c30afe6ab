// Written by scripts/build_programs from seahorse.toml: change that file, not this one.

use anchor_lang::prelude::Pubkey;

pub const RISK_ENGINE: Pubkey = Pubkey::new_from_array([158, 165, 2, 8, 37, 178, 46, 181, 148, 55, 90, 56, 72, 25, 101, 37, 230, 181, 11, 165, 253, 58, 252, 210, 10, 82, 169, 213, 120, 6, 196, 240]) /* BgHMJk7ro7uZhTv9jcuiKrm5ev2VoCfz1F3g1jF63aQw */;
pub const PUSH_PRICE: [u8; 8] = [113, 238, 232, 235, 60, 71, 127, 203];
pub const PRICE_MAX: u64 = 1000000000000000;
pub const PRICE_MAX_AGE: i64 = 60;
pub const CONF_REFUSE_BPS: u128 = 1000;
pub const DIVERGENCE_BPS: u128 = 200;
pub const PYTH_RECEIVER: Pubkey = Pubkey::new_from_array([12, 183, 250, 187, 82, 247, 166, 72, 187, 91, 49, 125, 154, 1, 139, 144, 87, 203, 2, 71, 116, 250, 254, 1, 230, 196, 223, 152, 204, 56, 88, 129]) /* rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ */;
pub const PYTH_UPDATE: [u8; 8] = [34, 241, 35, 99, 157, 126, 244, 205];
pub const PYTH_EXPONENT_MIN: i32 = -12;
pub const PYTH_EXPONENT_MAX: i32 = 0;
pub const SWITCHBOARD_PROGRAM: Pubkey = Pubkey::new_from_array([6, 115, 189, 70, 242, 228, 126, 4, 241, 43, 217, 47, 183, 49, 150, 142, 205, 157, 151, 87, 194, 116, 218, 135, 71, 111, 70, 92, 4, 12, 101, 115]) /* SBondMDrcV3K4kxZR1HNVT7osZxAHVHgYXL5Ze1oMUv */;
pub const SWITCHBOARD_FEED: [u8; 8] = [196, 27, 108, 196, 10, 215, 219, 40];
pub const SWITCHBOARD_MIN_SAMPLES: u8 = 2;
pub const SWITCHBOARD_MAX_SLOTS: u64 = 150;
