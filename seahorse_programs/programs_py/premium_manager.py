# Premium manager: takes each market's premium out of its trading fees, holds it in escrow, charges the floor for open
# interest and routes what has come in to the market's pool. Contract: docs/spec.md, section 2.
from seahorse.prelude import *
from lib.bytes import put_bool, put_u64
from lib.fixed import mul_div, mul_div_up
from lib.generated.discriminators import d_insurance_pool_credit_premium, d_risk_engine_update_arrears
from lib.generated.params import ADMIN, BOUNTY_BPS, BOUNTY_MAX, DEV
from lib.money import check_source
from lib.powers import emit_accepted, emit_guardian, emit_proposed
from lib.premium.accounts import PremiumAccount, PremiumConfig
from lib.premium.events.flows import emit_collected, emit_offset, emit_paid, emit_rate, emit_reported, emit_routed
from lib.premium.events.setup import emit_escrow, emit_initialized, emit_opened, emit_terms
from lib.premium.floor import accrue, arrears, credit, in_arrears
from lib.premium.rate import settle_rate, target_rate

declare_id('5M4cgUZq1obbihhGrQANRPBhQbKz9YNfXERknkkVDmPv')


@instruction
def init_config(
    payer: Signer, config: Empty[PremiumConfig], mint: TokenMint, clock: Clock,
    guardian: Pubkey, risk_program: Pubkey, pool_program: Pubkey,
):
    assert str(payer.key()) == ADMIN, 'E_ADMIN: sign with the admin key of the project file'
    bump = config.bump()
    c = config.init(payer=payer, seeds=['config'])
    c.admin = payer.key()
    c.guardian = guardian
    c.mint = mint.key()
    c.risk_program = risk_program
    c.risk_authority = Pubkey.find_program_address(['config'], risk_program)[0]
    c.risk_fp = Pubkey.find_program_address(['peer', risk_program])[0]
    c.pool_program = pool_program
    c.pool_authority = Pubkey.find_program_address(['config'], pool_program)[0]
    c.pool_fp = Pubkey.find_program_address(['peer', pool_program])[0]
    c.dev = DEV
    c.bump = bump
    emit_initialized(c.admin, guardian, c.mint, DEV, clock.slot())


@instruction
def propose_admin(admin: Signer, config: PremiumConfig, new_admin: Pubkey):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    before = config.pending_admin
    config.pending_admin = new_admin
    emit_proposed(admin.key(), before, new_admin)


@instruction
def accept_admin(new_admin: Signer, config: PremiumConfig):
    assert new_admin.key() == config.pending_admin, 'E_ADMIN: sign with the proposed admin'
    before = config.admin
    config.admin = new_admin.key()
    emit_accepted(new_admin.key(), before, config.admin)


@instruction
def set_guardian(admin: Signer, config: PremiumConfig, guardian: Pubkey):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    before = config.guardian
    config.guardian = guardian
    emit_guardian(admin.key(), before, guardian)


@instruction
def open_premium(payer: Signer, premium: Empty[PremiumAccount], clock: Clock, market_id: Pubkey):
    bump = premium.bump()
    p = premium.init(payer=payer, seeds=['premium', market_id])
    p.market_id = market_id
    p.bump = bump
    emit_opened(p, payer.key(), clock.slot())


@instruction
def open_escrow(
    payer: Signer, config: PremiumConfig, mint: TokenMint, premium: PremiumAccount, escrow: Empty[TokenAccount],
    clock: Clock,
):
    assert mint.key() == config.mint, 'E_MINT: use the mint of this deployment'
    escrow.init(payer=payer, mint=mint, authority=config, seeds=['escrow', premium.market_id])
    premium.escrow = escrow.key()
    emit_escrow(premium, payer.key(), clock.slot())


# CPI from the risk engine, once: the market's clock.
@instruction
def set_terms(risk: Signer, config: PremiumConfig, premium: PremiumAccount, genesis: i64, epoch_seconds: u64):
    assert risk.key() == config.risk_authority, 'E_AUTHORITY: only the risk engine sets terms'
    assert not premium.active, 'E_STATE: the terms are set already'
    premium.genesis = genesis
    premium.epoch_seconds = epoch_seconds
    premium.active = True
    emit_terms(premium)


# CPI from the risk engine with each score.
@instruction
def set_rate(
    risk: Signer, config: PremiumConfig, premium: PremiumAccount,
    epoch: u64, score: u64, grade: u8, utilization_bps: u64, open_interest: u64, reserve_bps: u64,
    score_restricted: bool,
):
    assert risk.key() == config.risk_authority, 'E_AUTHORITY: only the risk engine sets the rate'
    rate = premium.rate_bps
    balance = premium.balance
    accrue(premium, epoch)
    premium.floor_epoch = epoch
    settle_rate(premium, target_rate(score, utilization_bps, score_restricted))
    premium.score = score
    premium.grade = grade
    premium.utilization_bps = utilization_bps
    premium.open_interest = open_interest
    premium.reserve_bps = reserve_bps
    premium.score_epoch = epoch
    emit_rate(premium, epoch, rate, balance, score_restricted)


# CPI from the market: takes the share of its gross fees that the rate says.
@instruction
def collect_fees(market: Signer, premium: PremiumAccount, source: TokenAccount, escrow: TokenAccount, gross: u64):
    assert market.key() == premium.market_id, 'E_AUTHORITY: only the market itself hands over its fees'
    assert escrow.key() == premium.escrow, 'E_VAULT: use the escrow of this market'
    assert premium.has_rate, 'E_STATE: update the score first, it sets the rate'
    share = mul_div_up(gross, premium.rate_bps, 10_000)
    escrow_before = premium.escrow_ledger
    balance = premium.balance
    source.transfer(authority=market, to=escrow, amount=share)
    premium.escrow_ledger += share
    premium.total_collected += share
    credit(premium, share)
    emit_collected(premium, gross, share, escrow_before, balance)


# Anyone, once an epoch: pays the bounty and hands everything else in the escrow to the pool.
@instruction
def route_premiums(
    keeper: Signer, config: PremiumConfig, premium: PremiumAccount, escrow: TokenAccount, keeper_token: TokenAccount,
    pool_program: Program, pool_config: UncheckedAccount, pool: UncheckedAccount, pool_vault: UncheckedAccount,
    token: UncheckedAccount, clock: Clock,
):
    assert premium.active, 'E_STATE: the market is not registered yet'
    assert escrow.key() == premium.escrow, 'E_VAULT: use the escrow of this market'
    assert keeper_token.key() != escrow.key(), 'E_ALIAS: take the bounty into another account'
    assert Pubkey.find_program_address(['peer', pool_program])[0] == config.pool_fp, 'E_PROGRAM: not the pool program'
    market_id = premium.market_id
    expected = Pubkey.find_program_address(['pool', market_id], config.pool_program)[0]
    assert pool.key() == expected, 'E_RELATION: use the pool of this market'
    epoch = premium.epoch_at(clock.unix_timestamp())
    due_now = epoch > premium.route_epoch or not premium.has_routed
    assert due_now, 'E_EARLY: the premiums of this epoch are routed already'
    balance = premium.balance
    accrue(premium, epoch)
    amount = premium.escrow_ledger
    bounty = u64(0)
    if premium.has_rate and premium.score_epoch == epoch:
        bounty = min(mul_div(amount, BOUNTY_BPS, 10_000), BOUNTY_MAX)
    bump = config.bump
    escrow.transfer(authority=config, to=keeper_token, amount=bounty, signer=['config', bump])
    premium.escrow_ledger = 0
    premium.route_epoch = epoch
    premium.has_routed = True
    premium.total_bounty += bounty
    premium.total_routed += amount - bounty
    data = d_insurance_pool_credit_premium()
    put_u64(data, amount - bounty)
    put_u64(data, epoch)
    put_u64(data, arrears(premium))
    put_u64(data, premium.acknowledged_offset)
    pool_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(pool_config, mut=True),
            CpiAccount(pool, mut=True),
            CpiAccount(pool_vault, mut=True),
            CpiAccount(escrow, mut=True),
            CpiAccount(token),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=data,
    )
    emit_routed(premium, keeper.key(), clock.slot(), amount, bounty, balance, arrears(premium))


# Anyone: tells the risk engine whether arrears have lasted long enough to restrict the market.
@instruction
def report_arrears(
    keeper: Signer, config: PremiumConfig, premium: PremiumAccount,
    risk_program: Program, risk_config: UncheckedAccount, inputs: UncheckedAccount, clock: Clock,
):
    assert premium.active, 'E_STATE: the market is not registered yet'
    assert Pubkey.find_program_address(['peer', risk_program])[0] == config.risk_fp, 'E_PROGRAM: not the risk engine'
    market_id = premium.market_id
    expected = Pubkey.find_program_address(['inputs', market_id], config.risk_program)[0]
    assert inputs.key() == expected, 'E_RELATION: use the inputs of this market'
    epoch = premium.epoch_at(clock.unix_timestamp())
    balance = premium.balance
    accrue(premium, epoch)
    flag = in_arrears(premium, epoch)
    bump = config.bump
    data = d_risk_engine_update_arrears()
    put_u64(data, epoch)
    put_bool(data, flag)
    risk_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(risk_config, mut=True),
            CpiAccount(inputs, mut=True),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=data,
    )
    emit_reported(premium, keeper.key(), epoch, clock.slot(), balance, arrears(premium), flag)


# Anyone: pays what the market owes, or a part of it.
@instruction
def pay_arrears(
    payer: Signer, config: PremiumConfig, premium: PremiumAccount, source: TokenAccount, escrow: TokenAccount,
    clock: Clock, amount: u64,
):
    assert premium.active, 'E_STATE: the market is not registered yet'
    assert escrow.key() == premium.escrow, 'E_VAULT: use the escrow of this market'
    epoch = premium.epoch_at(clock.unix_timestamp())
    escrow_before = premium.escrow_ledger
    balance = premium.balance
    accrue(premium, epoch)
    assert amount > 0 and amount <= arrears(premium), 'E_AMOUNT: pay at most the arrears'
    check_source(source.mint(), source.amount(), config.mint, amount)
    source.transfer(authority=payer, to=escrow, amount=amount)
    premium.escrow_ledger += amount
    credit(premium, amount)
    emit_paid(premium, payer.key(), epoch, clock.slot(), amount, escrow_before, balance)


# CPI from the pool: what payouts have been reduced by counts as premium paid.
@instruction
def apply_offset(pool_authority: Signer, config: PremiumConfig, premium: PremiumAccount, cumulative: u64):
    assert pool_authority.key() == config.pool_authority, 'E_AUTHORITY: only the pool reports offsets'
    before = premium.acknowledged_offset
    balance = premium.balance
    assert cumulative >= before, 'E_AMOUNT: give the total of all offsets, it never falls'
    credit(premium, cumulative - before)
    premium.acknowledged_offset = cumulative
    emit_offset(premium, before, balance)
