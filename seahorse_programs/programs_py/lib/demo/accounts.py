# The accounts of the demo market. Money in USDC atoms, prices in 1e-6 USD, sizes in 1e-6 of the base asset.
from seahorse.prelude import *

OPEN = 1
CLOSED = 2
LIQUIDATED = 3


# The mint and the protocol programs every market of this engine trusts; written once.
class DemoConfig(Account):
    admin: Pubkey
    mint: Pubkey
    risk_program: Pubkey
    risk_fp: Pubkey
    premium_fp: Pubkey
    handler_program: Pubkey
    handler_fp: Pubkey
    pool_program: Pubkey
    bump: u8


# One perpetual market. Its address is the market id with which it signs towards the protocol.
class PerpMarket(Account):
    market_id: Pubkey
    creator: Pubkey
    index: u64
    mint: Pubkey
    vault: Pubkey
    fee_vault: Pubkey
    risk_fp: Pubkey
    risk_authority: Pubkey
    premium_fp: Pubkey
    handler_fp: Pubkey
    handler_authority: Pubkey
    pool_authority: Pubkey
    registered: bool
    genesis: i64
    epoch_seconds: u64
    synced: bool
    synced_at: i64
    price: u64
    publish_time: i64
    lag_price: u64
    provisional: bool
    grade: u8
    reasons: u8
    leverage_cap: u64
    oi_cap: u64
    depth: u64
    trading_fee_bps: u64
    maintenance_bps: u64
    liquidation_fee_bps: u64
    oi_long: u64
    oi_short: u64
    entry_notional: u64
    entry_notional_leverage: u128
    cum_funding: i64
    acc_time: i64
    acc_epoch: u64
    acc_long: u128
    acc_short: u128
    acc_notional: u128
    acc_notional_leverage: u128
    mean_epoch: u64
    mean_long: u64
    mean_short: u64
    mean_leverage: u64
    margins: u64
    house: u64
    fund: u64
    claimable: u64
    fees_due: u64
    unvested_units: u64
    profit_index: u64
    profit_generation: u64
    deficit_counter: u64
    margin_counter: u64
    fund_counter: u64
    bad_debt: u64
    open_positions: u64
    bump: u8

    # The protocol's epoch at `now`; 0 before the first sync has told the market its calendar.
    def epoch_at(self, now: i64) -> u64:
        if self.epoch_seconds == 0:
            return 0
        return u64(now - self.genesis) // self.epoch_seconds


class PerpPosition(Account):
    owner: Pubkey
    market: Pubkey
    nonce: u64
    is_long: bool
    size: u64
    entry_price: u64
    notional: u64
    margin: u64
    initial_margin: u64
    leverage: u64
    entry_funding: i64
    state: u8
    bump: u8


# What a trader has won: units vest linearly into the claimable amount.
class TraderAccount(Account):
    owner: Pubkey
    market: Pubkey
    units: u64
    vest_end: u64
    vest_epoch: u64
    generation: u64
    claimable: u64
    bump: u8
