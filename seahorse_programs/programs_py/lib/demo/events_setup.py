# Events of set-up and of what the risk engine pushes.
from seahorse.prelude import *
from lib.demo.accounts import DemoConfig, PerpMarket, TraderAccount


@dataclass
class DemoConfigSet(Event):
    actor: Pubkey
    mint: Pubkey
    risk_program: Pubkey
    handler_program: Pubkey
    pool_program: Pubkey


@dataclass
class MarketCreated(Event):
    market_id: Pubkey
    actor: Pubkey
    index: u64
    mint: Pubkey
    depth: u64
    trading_fee_bps: u64
    maintenance_bps: u64
    liquidation_fee_bps: u64


@dataclass
class VaultOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    vault: Pubkey
    fees: bool


@dataclass
class MarketRegistered(Event):
    market_id: Pubkey
    actor: Pubkey
    max_leverage: u64
    insolvency_threshold: u64
    lock_epochs: u64
    notice_epochs: u64
    performance_fee_bps: u64


@dataclass
class SyncReceived(Event):
    market_id: Pubkey
    actor: Pubkey
    epoch: u64
    time: i64
    price_before: u64
    price: u64
    publish_time: i64
    lag_price: u64
    provisional: bool
    grade: u8
    reasons_before: u8
    reasons: u8
    leverage_cap: u64
    oi_cap: u64
    cum_funding: i64


@dataclass
class TraderOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    trader: Pubkey


def emit_config_set(config: DemoConfig):
    e = DemoConfigSet(config.admin, config.mint, config.risk_program, config.handler_program, config.pool_program)
    e.emit()


def emit_market_created(market: PerpMarket):
    e = MarketCreated(
        market.market_id,
        market.creator,
        market.index,
        market.mint,
        market.depth,
        market.trading_fee_bps,
        market.maintenance_bps,
        market.liquidation_fee_bps,
    )
    e.emit()


def emit_vault_opened(market: PerpMarket, actor: Pubkey, vault: Pubkey, fees: bool):
    e = VaultOpened(market.market_id, actor, vault, fees)
    e.emit()


def emit_registered(market: PerpMarket, max_leverage: u64, threshold: u64, lock: u64, notice: u64, fee_bps: u64):
    e = MarketRegistered(market.market_id, market.creator, max_leverage, threshold, lock, notice, fee_bps)
    e.emit()


def emit_synced(market: PerpMarket, epoch: u64, price_before: u64, reasons_before: u8):
    e = SyncReceived(
        market.market_id,
        market.risk_authority,
        epoch,
        market.synced_at,
        price_before,
        market.price,
        market.publish_time,
        market.lag_price,
        market.provisional,
        market.grade,
        reasons_before,
        market.reasons,
        market.leverage_cap,
        market.oi_cap,
        market.cum_funding,
    )
    e.emit()


def emit_trader_opened(market: PerpMarket, trader: TraderAccount, address: Pubkey):
    e = TraderOpened(market.market_id, trader.owner, address)
    e.emit()
