"""Sequences of instructions that belong together: a deployment, a market, an epoch's cranks, a claim."""

from dataclasses import dataclass

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.settings.parameters import Parameters
from offchain.settings.project import load_project


@dataclass(frozen=True, slots=True)
class MarketDesign:
    """What the creator of a demo market chooses."""

    depth: int
    """Notional within 2 % of the price, atoms."""
    max_leverage: int
    """1x = 10 000."""
    insolvency_threshold: int
    """Atoms; a claim pays only above it."""
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int
    trading_fee_bps: int = 10
    maintenance_bps: int = 250
    liquidation_fee_bps: int = 50


def default_design(depth: int, profile: str = "development") -> MarketDesign:
    """A market with the project's default terms and the highest leverage allowed."""
    parameters: Parameters = load_project().profile(profile).parameters
    return MarketDesign(
        depth=depth,
        max_leverage=parameters.max_leverage_cap,
        insolvency_threshold=parameters.threshold_default,
        lock_epochs=parameters.lock_default,
        notice_epochs=parameters.notice_default,
        performance_fee_bps=parameters.perf_fee_default_bps,
    )


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the first configuration of the programs needs."""

    admin: Pubkey
    guardian: Pubkey
    treasury: Pubkey
    mint: Pubkey
    """The USDC mint."""
    genesis: int
    """Unix time of epoch 0."""
    epoch_seconds: int


def initialise(plan: Deployment, at: Addresses = LOCALNET) -> list[list[Instruction]]:
    """Transactions, signed by the admin, that configure all five programs and allow the demo market's engine."""
    admin, mint, guardian = plan.admin, plan.mint, plan.guardian
    return [
        [
            risk_engine.init_config(admin, mint, guardian, plan.genesis, plan.epoch_seconds, at),
            premium_manager.init_config(admin, mint, guardian, at),
        ],
        [
            insurance_pool.init_config(admin, mint, guardian, plan.treasury, at),
            insolvency_handler.init_config(admin, guardian, at),
            demo_market.init_config(admin, mint, at),
        ],
        [risk_engine.allow_engine(admin, at.demo_market, at)],
    ]


def open_market(
    creator: Pubkey, index: int, mint: Pubkey, feed: Pubkey, design: MarketDesign, at: Addresses = LOCALNET
) -> list[list[Instruction]]:
    """Transactions, signed by the creator, from nothing to a live, insured market; `feed` is the feed's address."""
    market_id = at.market_id(creator, index)
    return [
        [
            demo_market.create_market(
                creator,
                index,
                design.depth,
                design.trading_fee_bps,
                design.maintenance_bps,
                design.liquidation_fee_bps,
                at,
            ),
            demo_market.open_vault(creator, market_id, mint, at),
            demo_market.open_fee_vault(creator, market_id, mint, at),
        ],
        [
            risk_engine.open_market(creator, market_id, at),
            risk_engine.open_score(creator, market_id, at),
            risk_engine.open_inputs(creator, market_id, at),
            risk_engine.open_window(creator, market_id, at),
        ],
        [
            premium_manager.open_premium(creator, market_id, at),
            premium_manager.open_escrow(creator, market_id, mint, at),
            insurance_pool.open_pool(creator, market_id, at),
            insurance_pool.open_vault(creator, market_id, mint, at),
            insolvency_handler.open_registry(creator, market_id, at),
        ],
        [register(creator, market_id, feed, design, at)],
        *push_terms(creator, creator, market_id, at),
    ]


def register(
    creator: Pubkey, market_id: Pubkey, feed: Pubkey, design: MarketDesign, at: Addresses = LOCALNET
) -> Instruction:
    """The registration by itself."""
    return demo_market.register(
        creator,
        market_id,
        feed,
        design.max_leverage,
        design.insolvency_threshold,
        design.lock_epochs,
        design.notice_epochs,
        design.performance_fee_bps,
        at,
    )


def push_terms(caller: Pubkey, creator: Pubkey, market_id: Pubkey, at: Addresses = LOCALNET) -> list[list[Instruction]]:
    """Hand a registered market's terms to the three other programs, after which it is live; anyone may."""
    return [
        [risk_engine.push_terms_premium(caller, market_id, at), risk_engine.push_terms_handler(caller, market_id, at)],
        [risk_engine.push_terms_pool(caller, market_id, creator, at)],
    ]


def score_epoch(keeper: Pubkey, market_id: Pubkey, feed: Pubkey, at: Addresses = LOCALNET) -> list[Instruction]:
    """One epoch's statistics, reserve report, score and synchronisation; needs a fresh price."""
    return [
        demo_market.push_statistics(keeper, market_id, at),
        insurance_pool.report_reserve(keeper, market_id, at),
        risk_engine.update_score(keeper, market_id, feed, at),
        risk_engine.sync_market(keeper, market_id, feed, at),
    ]


def claim(
    keeper: Pubkey,
    market_id: Pubkey,
    position: tuple[Pubkey, int],
    keeper_token: Pubkey,
    sequence: int,
    record_exists: bool,
    at: Addresses = LOCALNET,
) -> list[Instruction]:
    """Liquidate a position (owner, nonce), report the deficit and release the payout, in one transaction.

    `sequence` is the registry's `next_sequence`; its record is opened unless it exists. Where the deficit stays below
    the threshold nothing is reserved and `release_funds` fails with E_STATE: simulate, and leave it out.
    """
    opened = [] if record_exists else [insolvency_handler.open_claim(keeper, market_id, sequence, at)]
    return [
        *opened,
        demo_market.execute_liquidation(keeper, market_id, *position, keeper_token, at),
        demo_market.report(keeper, market_id, sequence, at),
        insurance_pool.release_funds(keeper, market_id, sequence, at),
    ]
