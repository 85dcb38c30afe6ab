# Calls into the pool, signed with the config, and into the market, signed with its registry. The instruction has checked
# program and accounts.
from seahorse.prelude import *
from lib.bytes import put_u64
from lib.generated.discriminators import d_demo_market_cover_deficit, d_insurance_pool_note_unsettled
from lib.generated.discriminators import d_insurance_pool_pay_claim_fee, d_insurance_pool_request_payout
from lib.handler.accounts import ClaimRecord, ClaimRegistry, HandlerConfig


def call_request_payout(
    config: HandlerConfig,
    pool_program: Program,
    pool_config: UncheckedAccount,
    pool: UncheckedAccount,
    sequence: u64,
    claimable: u64,
):
    data = d_insurance_pool_request_payout()
    put_u64(data, sequence)
    put_u64(data, claimable)
    call_pool(config, pool_program, pool_config, pool, data)


def call_note_unsettled(
    config: HandlerConfig,
    pool_program: Program,
    pool_config: UncheckedAccount,
    pool: UncheckedAccount,
    unsettled: u64,
):
    data = d_insurance_pool_note_unsettled()
    put_u64(data, unsettled)
    call_pool(config, pool_program, pool_config, pool, data)


def call_pool(
    config: HandlerConfig,
    pool_program: Program,
    pool_config: UncheckedAccount,
    pool: UncheckedAccount,
    data: List[u8],
):
    bump = config.bump
    pool_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(pool_config, mut=True),
            CpiAccount(pool, mut=True),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=data,
    )


def call_pay_claim_fee(
    config: HandlerConfig,
    pool_program: Program,
    pool_config: UncheckedAccount,
    pool: UncheckedAccount,
    pool_vault: UncheckedAccount,
    destination: UncheckedAccount,
    token: UncheckedAccount,
    amount: u64,
):
    data = d_insurance_pool_pay_claim_fee()
    put_u64(data, amount)
    bump = config.bump
    pool_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(pool_config, mut=True),
            CpiAccount(pool, mut=True),
            CpiAccount(pool_vault, mut=True),
            CpiAccount(destination, mut=True),
            CpiAccount(token),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=data,
    )


# The market's program is not ours and could pass the signature on: it is the registry's, which no program takes as an
# authority, never the config's.
def call_cover_deficit(registry: ClaimRegistry, claim: ClaimRecord, market_program: Program, market: UncheckedAccount):
    data = d_demo_market_cover_deficit()
    put_u64(data, claim.net_paid)
    put_u64(data, claim.uncovered)
    put_u64(data, claim.profit_tier)
    market_id = registry.market_id
    bump = registry.bump
    market_program.invoke(
        accounts=[
            CpiAccount(registry, mut=True, signer=True),
            CpiAccount(market, mut=True),
            CpiAccount(registry, seeds=['registry', market_id, bump]),
        ],
        data=data,
    )
