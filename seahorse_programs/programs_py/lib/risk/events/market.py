# Events of a market's life: blanks, activation, terms handed to the peers, changes of its parameters.
from seahorse.prelude import *
from lib.risk.accounts import MarketConfig


# kind: 0 market, 1 score, 2 inputs, 3 window.
@dataclass
class BlankOpened(Event):
    market_id: Pubkey
    actor: Pubkey
    kind: u8
    epoch: u64
    slot: u64


@dataclass
class MarketActivated(Event):
    market_id: Pubkey
    creator: Pubkey
    engine: Pubkey
    oracle_feed: Pubkey
    market_vault: Pubkey
    index: u64
    max_leverage: u64
    insolvency_threshold: u64
    min_reserve_ratio: u64
    grade: u8
    lock_epochs: u64
    notice_epochs: u64
    performance_fee_bps: u64
    before: u8
    after: u8


# peer: 1 premium manager, 2 insurance pool, 4 insolvency handler; before and after are the bits of all peers.
@dataclass
class TermsPushed(Event):
    market_id: Pubkey
    actor: Pubkey
    peer: u8
    before: u8
    after: u8
    active: bool
    epoch: u64
    slot: u64


@dataclass
class ChangeAnnounced(Event):
    market_id: Pubkey
    actor: Pubkey
    lock_epochs: u64
    notice_epochs: u64
    max_leverage: u64
    due_epoch: u64
    epoch: u64
    slot: u64


@dataclass
class ChangeApplied(Event):
    market_id: Pubkey
    actor: Pubkey
    lock_before: u64
    lock_after: u64
    notice_before: u64
    notice_after: u64
    leverage_before: u64
    leverage_after: u64
    epoch: u64
    slot: u64


def emit_blank(market_id: Pubkey, actor: Pubkey, kind: u8, epoch: u64, slot: u64):
    event = BlankOpened(market_id, actor, kind, epoch, slot)
    event.emit()


def emit_activated(m: MarketConfig, before: u8):
    event = MarketActivated(
        m.market_id, m.creator, m.engine, m.oracle_feed, m.market_vault, m.index,
        m.max_leverage, m.insolvency_threshold, m.min_reserve_ratio, m.grade,
        m.lock_epochs, m.notice_epochs, m.performance_fee_bps, before, m.status,
    )
    event.emit()


def emit_terms(m: MarketConfig, actor: Pubkey, peer: u8, before: u8, epoch: u64, slot: u64):
    event = TermsPushed(m.market_id, actor, peer, before, m.terms_pushed, m.active, epoch, slot)
    event.emit()


def emit_announced(m: MarketConfig, actor: Pubkey, epoch: u64, slot: u64):
    event = ChangeAnnounced(
        m.market_id, actor, m.next_lock, m.next_notice, m.next_max_leverage, m.next_epoch, epoch, slot
    )
    event.emit()


def emit_applied(m: MarketConfig, actor: Pubkey, lock: u64, notice: u64, leverage: u64, epoch: u64, slot: u64):
    event = ChangeApplied(
        m.market_id, actor, lock, m.lock_epochs, notice, m.notice_epochs, leverage, m.max_leverage, epoch, slot
    )
    event.emit()
