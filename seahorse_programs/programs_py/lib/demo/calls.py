# Calls to the protocol, signed by the market's address. A program is invoked only after its fingerprint matched.
from seahorse.prelude import *
from lib.bytes import put_i64, put_u64
from lib.demo.accounts import PerpMarket
from lib.generated.discriminators import (
    d_insolvency_handler_report_deficit,
    d_premium_manager_collect_fees,
    d_risk_engine_activate_market,
    d_risk_engine_update_statistics,
)


def activate_market(
    market: PerpMarket, creator: Signer, vault: TokenAccount, risk_program: Program, risk_config: UncheckedAccount,
    engine: UncheckedAccount, market_config: UncheckedAccount, feed: UncheckedAccount,
    max_leverage: u64, insolvency_threshold: u64, lock_epochs: u64, notice_epochs: u64, performance_fee_bps: u64,
):
    assert Pubkey.find_program_address(['peer', risk_program])[0] == market.risk_fp, 'E_PROGRAM: not the risk engine'
    data = d_risk_engine_activate_market()
    put_u64(data, market.index)
    put_u64(data, max_leverage)
    put_u64(data, insolvency_threshold)
    put_u64(data, lock_epochs)
    put_u64(data, notice_epochs)
    put_u64(data, performance_fee_bps)
    by = market.creator
    index = market.index
    bump = market.bump
    risk_program.invoke(
        accounts=[
            CpiAccount(market, mut=True, signer=True),
            CpiAccount(creator, mut=True, signer=True),
            CpiAccount(risk_config, mut=True),
            CpiAccount(engine, mut=True),
            CpiAccount(market_config, mut=True),
            CpiAccount(feed, mut=True),
            CpiAccount(vault, mut=True),
            CpiAccount(market, seeds=['market', by, index, bump]),
        ],
        data=data,
    )


def update_statistics(market: PerpMarket, risk_program: Program, inputs: UncheckedAccount, open_interest: u64):
    assert Pubkey.find_program_address(['peer', risk_program])[0] == market.risk_fp, 'E_PROGRAM: not the risk engine'
    data = d_risk_engine_update_statistics()
    put_u64(data, market.mean_epoch)
    put_u64(data, market.mean_long)
    put_u64(data, market.mean_short)
    put_u64(data, open_interest)
    put_u64(data, market.mean_leverage)
    put_u64(data, market.depth)
    put_i64(data, market.cum_funding)
    by = market.creator
    index = market.index
    bump = market.bump
    risk_program.invoke(
        accounts=[
            CpiAccount(market, mut=True, signer=True),
            CpiAccount(inputs, mut=True),
            CpiAccount(market, seeds=['market', by, index, bump]),
        ],
        data=data,
    )


def collect_fees(
    market: PerpMarket, fee_vault: TokenAccount, premium_program: Program, premium: UncheckedAccount,
    escrow: UncheckedAccount, token: UncheckedAccount, gross: u64,
):
    assert Pubkey.find_program_address(['peer', premium_program])[0] == market.premium_fp, 'E_PROGRAM: not the premium manager'
    data = d_premium_manager_collect_fees()
    put_u64(data, gross)
    by = market.creator
    index = market.index
    bump = market.bump
    premium_program.invoke(
        accounts=[
            CpiAccount(market, mut=True, signer=True),
            CpiAccount(premium, mut=True),
            CpiAccount(fee_vault, mut=True),
            CpiAccount(escrow, mut=True),
            CpiAccount(token),
            CpiAccount(market, seeds=['market', by, index, bump]),
        ],
        data=data,
    )


def report_deficit(
    market: PerpMarket, keeper: Signer, handler_program: Program, handler_config: UncheckedAccount,
    registry: UncheckedAccount, claim: UncheckedAccount, pool_program: Program, pool_config: UncheckedAccount,
    pool: UncheckedAccount, unvested_profit: u64,
):
    assert Pubkey.find_program_address(['peer', handler_program])[0] == market.handler_fp, 'E_PROGRAM: not the insolvency handler'
    data = d_insolvency_handler_report_deficit()
    put_u64(data, market.deficit_counter)
    put_u64(data, market.margin_counter)
    put_u64(data, market.fund_counter)
    put_u64(data, unvested_profit)
    by = market.creator
    index = market.index
    bump = market.bump
    handler_program.invoke(
        accounts=[
            CpiAccount(market, mut=True, signer=True),
            CpiAccount(keeper, mut=True, signer=True),
            CpiAccount(handler_config, mut=True),
            CpiAccount(registry, mut=True),
            CpiAccount(claim, mut=True),
            CpiAccount(pool_program, mut=True),
            CpiAccount(pool_config, mut=True),
            CpiAccount(pool, mut=True),
            CpiAccount(market, seeds=['market', by, index, bump]),
        ],
        data=data,
    )
