# Bounds of a market's terms, and the steps of their life: registered, known to the peers, changed.
from seahorse.prelude import *
from lib.generated.params import CHANGE_EPOCHS, LOCK_MAX, LOCK_MIN, MAX_LEVERAGE_CAP, NOTICE_MAX, NOTICE_MIN
from lib.generated.params import PERF_FEE_MAX_BPS, PERF_FEE_MIN_BPS, RESERVE_BPS_C, THRESHOLD_MAX, THRESHOLD_MIN
from lib.risk.accounts import AllowedEngine, MarketConfig, RiskConfig


def check_changeable(lock_epochs: u64, notice_epochs: u64, max_leverage: u64):
    lock_fits = lock_epochs >= LOCK_MIN and lock_epochs <= LOCK_MAX
    notice_fits = notice_epochs >= NOTICE_MIN and notice_epochs <= NOTICE_MAX
    leverage_fits = max_leverage >= 10_000 and max_leverage <= MAX_LEVERAGE_CAP
    assert lock_fits and notice_fits and leverage_fits, 'E_BOUNDS: choose lock, notice and leverage within the bounds'


def check_fixed(insolvency_threshold: u64, performance_fee_bps: u64):
    threshold_fits = insolvency_threshold >= THRESHOLD_MIN and insolvency_threshold <= THRESHOLD_MAX
    fee_fits = performance_fee_bps >= PERF_FEE_MIN_BPS and performance_fee_bps <= PERF_FEE_MAX_BPS
    assert threshold_fits and fee_fits, 'E_BOUNDS: choose threshold and performance fee within the bounds'


# Binds a registered market to its program and clock. Without a score it counts as grade C.
def start_market(m: MarketConfig, config: RiskConfig, engine: AllowedEngine):
    m.engine = engine.program
    m.engine_fp = engine.fingerprint
    m.genesis = config.genesis
    m.epoch_seconds = config.epoch_seconds
    m.grade = 2
    m.min_reserve_ratio = RESERVE_BPS_C
    m.status = 1


# Notes that a peer (1 premium manager, 2 pool, 4 handler) has got the terms; with the last one the market is live.
def mark_pushed(m: MarketConfig, peer: u8):
    assert m.status >= 1, 'E_STATE: the market is not registered yet'
    assert (m.terms_pushed & peer) == 0, 'E_STATE: this program has the terms already'
    m.terms_pushed += peer
    if m.terms_pushed == 7:
        m.status = 2
        m.active = True


def announce_terms(m: MarketConfig, lock: u64, notice: u64, max_leverage: u64, epoch: u64):
    m.next_lock = lock
    m.next_notice = notice
    m.next_max_leverage = max_leverage
    m.next_epoch = epoch + CHANGE_EPOCHS
    m.change_pending = True


# Puts an announced change into force; the pool has to be told again.
def apply_terms(m: MarketConfig):
    m.lock_epochs = m.next_lock
    m.notice_epochs = m.next_notice
    m.max_leverage = m.next_max_leverage
    m.change_pending = False
    m.terms_pushed = 5
