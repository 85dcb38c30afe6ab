# What the risk engine tells its peers, signed with its config, and the markets, signed with their own MarketConfig.
from seahorse.prelude import *
from lib.bytes import put_bool, put_i64, put_u8, put_u64
from lib.generated.discriminators import d_demo_market_apply_sync, d_insolvency_handler_set_terms
from lib.generated.discriminators import d_insurance_pool_set_risk, d_insurance_pool_set_terms
from lib.generated.discriminators import d_premium_manager_set_rate, d_premium_manager_set_terms
from lib.generated.params import REASON_SCORE
from lib.risk.accounts import MarketConfig, MarketInputs, PriceFeed, RiskConfig, RiskScore


def premium_terms(m: MarketConfig) -> List[u8]:
    data = d_premium_manager_set_terms()
    put_i64(data, m.genesis)
    put_u64(data, m.epoch_seconds)
    return data


def pool_terms(m: MarketConfig) -> List[u8]:
    data = d_insurance_pool_set_terms()
    put_i64(data, m.genesis)
    put_u64(data, m.epoch_seconds)
    put_u64(data, m.lock_epochs)
    put_u64(data, m.notice_epochs)
    put_u64(data, m.performance_fee_bps)
    return data


def handler_terms(m: MarketConfig) -> List[u8]:
    data = d_insolvency_handler_set_terms()
    put_u64(data, m.insolvency_threshold)
    put_i64(data, m.genesis)
    put_u64(data, m.epoch_seconds)
    return data


def rate_inputs(m: MarketConfig, score: RiskScore, utilization_bps: u64) -> List[u8]:
    data = d_premium_manager_set_rate()
    put_u64(data, score.epoch)
    put_u64(data, score.composite_score)
    put_u8(data, score.grade)
    put_u64(data, utilization_bps)
    put_u64(data, score.open_interest)
    put_u64(data, m.min_reserve_ratio)
    put_bool(data, (score.reasons & REASON_SCORE) > 0)
    return data


def pool_risk(score: RiskScore, inputs: MarketInputs) -> List[u8]:
    data = d_insurance_pool_set_risk()
    put_u64(data, score.epoch)
    put_u64(data, score.required_reserve)
    put_u64(data, inputs.open_interest_now)
    put_u8(data, score.reasons)
    return data


# The start of a sync: what the feed knows.
def sync_price(feed: PriceFeed) -> List[u8]:
    data = d_demo_market_apply_sync()
    put_u64(data, feed.price)
    put_i64(data, feed.publish_time)
    put_u64(data, feed.lag_price)
    put_bool(data, feed.provisional)
    return data


# The rest of a sync: grade, reasons, limits and the engine's clock.
def put_limits(data: List[u8], m: MarketConfig, reasons: u8, leverage_cap: u64, oi_cap: u64, epoch: u64, now: i64):
    put_u8(data, m.grade)
    put_u8(data, reasons)
    put_u64(data, leverage_cap)
    put_u64(data, oi_cap)
    put_u64(data, epoch)
    put_i64(data, now)
    put_i64(data, m.genesis)
    put_u64(data, m.epoch_seconds)


# Calls a program that the caller has checked, with the config's signature, on its config and one account.
def tell(
    config: RiskConfig, program: Program, peer_config: UncheckedAccount, account: UncheckedAccount, data: List[u8],
):
    bump = config.bump
    program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(peer_config, mut=True),
            CpiAccount(account, mut=True),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=data,
    )


# Calls the market's program, which the caller has checked, on the market alone. That program is not ours and could pass
# the signature on: it is the MarketConfig's, which no program takes as an authority, never the config's.
def tell_market(m: MarketConfig, program: Program, market: UncheckedAccount, data: List[u8]):
    market_id = m.market_id
    bump = m.bump
    program.invoke(
        accounts=[
            CpiAccount(m, mut=True, signer=True),
            CpiAccount(market, mut=True),
            CpiAccount(m, seeds=['market', market_id, bump]),
        ],
        data=data,
    )
