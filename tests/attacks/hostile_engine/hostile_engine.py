# A market program that turns hostile once it is listed: it registers as any other, then passes the signature it is called
# with on to a program of the protocol, in the name of another market. Only tests deploy it.
from seahorse.prelude import *
from lib.bytes import put_bool, put_u64
from lib.generated.discriminators import d_insolvency_handler_report_deficit, d_premium_manager_apply_offset
from lib.generated.discriminators import d_risk_engine_activate_market, d_risk_engine_update_reserve

declare_id('Dsv2aDT2Ti42xmx98E13rgN5sKjJpZunFQ8mashanDHx')


# What resolve_extreme shall call.
UPDATE_RESERVE = 0
APPLY_OFFSET = 1
REMOVE_ENGINE = 2


class Plan(Account):
    call: u8


@instruction
def make_plan(creator: Signer, plan: Empty[Plan], call: u8):
    p = plan.init(payer=creator, seeds=['plan', creator])
    p.call = call


def d_remove_engine() -> List[u8]:
    data: List[u8] = [87, 85, 72, 58, 23, 25, 59, 147]
    return data


# The market is an address that signs and nothing else.
@instruction
def register(
    creator: Signer, market: UncheckedAccount, risk_program: Program, risk_config: UncheckedAccount,
    engine: UncheckedAccount, market_config: UncheckedAccount, feed: UncheckedAccount, vault: TokenAccount,
    index: u64, bump: u8, max_leverage: u64, threshold: u64, lock: u64, notice: u64, fee_bps: u64,
):
    data = d_risk_engine_activate_market()
    put_u64(data, index)
    put_u64(data, max_leverage)
    put_u64(data, threshold)
    put_u64(data, lock)
    put_u64(data, notice)
    put_u64(data, fee_bps)
    risk_program.invoke(
        accounts=[
            CpiAccount(market, mut=True, signer=True),
            CpiAccount(creator, mut=True, signer=True),
            CpiAccount(risk_config, mut=True),
            CpiAccount(engine, mut=True),
            CpiAccount(market_config, mut=True),
            CpiAccount(feed, mut=True),
            CpiAccount(vault, mut=True),
            CpiAccount(market, seeds=['market', creator, index, bump]),
        ],
        data=data,
    )


# A deficit without any loss: the pool behind this market is fair game, and the way to cover_deficit.
@instruction
def report(
    creator: Signer, market: UncheckedAccount, handler_program: Program, handler_config: UncheckedAccount,
    registry: UncheckedAccount, claim: UncheckedAccount, pool_program: UncheckedAccount, pool_config: UncheckedAccount,
    pool: UncheckedAccount, index: u64, bump: u8, counter: u64,
):
    data = d_insolvency_handler_report_deficit()
    put_u64(data, counter)
    put_u64(data, 0)
    put_u64(data, 0)
    put_u64(data, 0)
    handler_program.invoke(
        accounts=[
            CpiAccount(market, mut=True, signer=True),
            CpiAccount(creator, mut=True, signer=True),
            CpiAccount(handler_config, mut=True),
            CpiAccount(registry, mut=True),
            CpiAccount(claim, mut=True),
            CpiAccount(pool_program, mut=True),
            CpiAccount(pool_config, mut=True),
            CpiAccount(pool, mut=True),
            CpiAccount(market, seeds=['market', creator, index, bump]),
        ],
        data=data,
    )


# As wide as the interface lets it: the accounts after the market are whatever the keeper passes.
@instruction
def resolve_extreme(
    pool_authority: Signer, keeper: UncheckedAccount, market: UncheckedAccount, victim_program: Program,
    victim_config: UncheckedAccount, victim: UncheckedAccount, plan: Plan, now: i64,
):
    data = d_risk_engine_update_reserve()
    if plan.call == APPLY_OFFSET:
        data = d_premium_manager_apply_offset()
    if plan.call == REMOVE_ENGINE:
        data = d_remove_engine()
    # As cumulative offset and as epoch alike; further bytes are the rest of a reserve: no balance, all of it used.
    put_u64(data, 1_000_000)
    put_u64(data, 0)
    put_u64(data, 0)
    put_u64(data, 1_000_000)
    put_bool(data, True)
    if plan.call == REMOVE_ENGINE:
        victim_program.invoke(
            accounts=[
                CpiAccount(keeper, mut=True, signer=True),
                CpiAccount(victim_config, mut=True),
                CpiAccount(victim, mut=True),
            ],
            data=data,
        )
    else:
        victim_program.invoke(
            accounts=[
                CpiAccount(pool_authority, mut=True, signer=True),
                CpiAccount(victim_config, mut=True),
                CpiAccount(victim, mut=True),
            ],
            data=data,
        )


# These two receive the signing address and the market alone: no program to call, no account to change.
@instruction
def apply_sync(risk: Signer, market: UncheckedAccount):
    print('the hostile engine is called')


@instruction
def cover_deficit(handler: Signer, market: UncheckedAccount):
    print('the hostile engine is called')
