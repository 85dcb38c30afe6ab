# Calls into the other programs: ours signed with the config, the market's with its resolver. The instruction has checked
# program and accounts.
from seahorse.prelude import *
from lib.bytes import put_bool, put_i64, put_u64
from lib.generated.discriminators import d_demo_market_resolve_extreme, d_insolvency_handler_complete_claim
from lib.generated.discriminators import d_premium_manager_apply_offset, d_risk_engine_update_reserve
from lib.pool.accounts import InsurancePool, PoolConfig
from lib.pool.payout import executor_part


def call_update_reserve(
    config: PoolConfig,
    pool: InsurancePool,
    risk_program: Program,
    risk_config: UncheckedAccount,
    inputs: UncheckedAccount,
    epoch: u64,
):
    data = d_risk_engine_update_reserve()
    put_u64(data, epoch)
    put_u64(data, pool.available_balance)
    put_u64(data, pool.pending_value)
    put_u64(data, pool.utilization_rate)
    put_bool(data, pool.exit)
    call_peer(config, risk_program, risk_config, inputs, data)


def call_apply_offset(
    config: PoolConfig,
    pool: InsurancePool,
    premium_program: Program,
    premium_config: UncheckedAccount,
    premium: UncheckedAccount,
):
    data = d_premium_manager_apply_offset()
    put_u64(data, pool.total_offset)
    call_peer(config, premium_program, premium_config, premium, data)


def call_peer(
    config: PoolConfig, program: Program, peer_config: UncheckedAccount, account: UncheckedAccount, data: List[u8]
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


# The arguments of complete_claim: the reserved payout with its tiers, and the time, which only a top-level call knows.
def claim_data(pool: InsurancePool, epoch: u64, now: i64) -> List[u8]:
    data = d_insolvency_handler_complete_claim()
    put_u64(data, pool.reserved_sequence)
    put_u64(data, pool.reserved_payout)
    put_u64(data, pool.reserved_first_loss)
    put_u64(data, pool.reserved_premium)
    put_u64(data, pool.reserved_capital)
    put_u64(data, pool.reserved_offset)
    put_u64(data, pool.reserved_fee)
    put_u64(data, executor_part(pool.reserved_fee))
    put_u64(data, pool.reserved)
    put_u64(data, epoch)
    put_i64(data, now)
    return data


def call_complete_claim(
    config: PoolConfig,
    handler_program: Program,
    handler_config: UncheckedAccount,
    registry: UncheckedAccount,
    claim: UncheckedAccount,
    market_program: Program,
    market: UncheckedAccount,
    data: List[u8],
):
    bump = config.bump
    handler_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(handler_config, mut=True),
            CpiAccount(registry, mut=True),
            CpiAccount(claim, mut=True),
            CpiAccount(market_program, mut=True),
            CpiAccount(market, mut=True),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=data,
    )


# The market's program is not ours and could pass the signature on: the resolver's stands for nothing else. The keeper's
# stays here.
def call_resolve_extreme(
    resolver: UncheckedAccount,
    market_id: Pubkey,
    bump: u8,
    keeper: Signer,
    market_program: Program,
    market: UncheckedAccount,
    position: UncheckedAccount,
    trader: UncheckedAccount,
    market_vault: UncheckedAccount,
    keeper_token: UncheckedAccount,
    token: UncheckedAccount,
    now: i64,
):
    data = d_demo_market_resolve_extreme()
    put_i64(data, now)
    market_program.invoke(
        accounts=[
            CpiAccount(resolver, mut=True, signer=True),
            CpiAccount(keeper, mut=True),
            CpiAccount(market, mut=True),
            CpiAccount(position, mut=True),
            CpiAccount(trader, mut=True),
            CpiAccount(market_vault, mut=True),
            CpiAccount(keeper_token, mut=True),
            CpiAccount(token),
            CpiAccount(resolver, seeds=['resolver', market_id, bump]),
        ],
        data=data,
    )
