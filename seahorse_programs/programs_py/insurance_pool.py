# Insurance pool: custody, shares, locks, withdrawals and the payment of claims. Rules: docs/spec.md, section 3.
from seahorse.prelude import *
from lib.generated.params import ADMIN
from lib.money import check_source
from lib.pool.accounts import InsurancePool, PoolConfig, ProviderPosition
from lib.pool.calls import call_apply_offset, call_complete_claim, call_resolve_extreme, call_update_reserve, claim_data
from lib.pool.checks import check_authority, check_destination, check_program, check_relation, check_vault
from lib.pool.events_capital import emit_cancelled, emit_deposited, emit_executed, emit_exit_flagged, emit_requested
from lib.pool.events_capital import emit_topped_up
from lib.pool.events_claims import emit_claim_fee_paid, emit_funds_released, emit_payout_requested
from lib.pool.events_claims import emit_treasury_collected
from lib.pool.events_peers import emit_offset_reported, emit_premium_credited, emit_reserve_reported
from lib.pool.events_peers import emit_resolution_forced, emit_risk_set, emit_unsettled_noted
from lib.pool.events_setup import emit_admin_accepted, emit_admin_proposed, emit_config_created, emit_deposits_stopped
from lib.pool.events_setup import emit_guardian_set, emit_pool_opened, emit_terms_set, emit_vault_opened
from lib.pool.events_stake import emit_stake_cancelled, emit_stake_funded, emit_stake_paid, emit_stake_requested
from lib.pool.payout import clear_reserve, reserve
from lib.pool.premium import accept_premium
from lib.pool.setup import accept_terms, appoint, bind, check_admin, start_position, stop, trust
from lib.pool.shares import buy, check_deposit
from lib.pool.stake import check_creator, drop_stake_request, fund_stake, open_stake_request, settle_stake
from lib.pool.state import Moment, pool_state, position_state
from lib.pool.utilisation import clear_exit_if_served, refresh_utilisation
from lib.pool.vesting import vest
from lib.pool.withdrawal import Settlement, cancel, check_executor, check_generation, check_owner, check_requested
from lib.pool.withdrawal import mark_exit, request, retire, settle

declare_id('FrvARhCEg87wEqab1FJsdWnE1ZByDaZm9RwwMPH3VL4A')


# Configuration and powers


@instruction
def init_config(
    payer: Signer, config: Empty[PoolConfig], mint: TokenMint,
    guardian: Pubkey, treasury: Pubkey, risk_program: Pubkey, premium_program: Pubkey, handler_program: Pubkey,
):
    assert str(payer.key()) == ADMIN, 'E_ADMIN: only the key compiled in may set up this program'
    bump = config.bump()
    c = config.init(payer=payer, seeds=['config'])
    appoint(c, payer.key(), guardian, treasury, mint.key(), bump)
    trust(c, risk_program, premium_program, handler_program)
    emit_config_created(payer.key(), c)


@instruction
def propose_admin(admin: Signer, config: PoolConfig, new_admin: Pubkey):
    check_admin(config, admin.key())
    before = config.pending_admin
    config.pending_admin = new_admin
    emit_admin_proposed(admin.key(), before, new_admin)


@instruction
def accept_admin(new_admin: Signer, config: PoolConfig):
    assert new_admin.key() == config.pending_admin, 'E_ADMIN: only the proposed admin may accept'
    before = config.admin
    config.admin = new_admin.key()
    emit_admin_accepted(new_admin.key(), before, new_admin.key())


@instruction
def set_guardian(admin: Signer, config: PoolConfig, guardian: Pubkey):
    check_admin(config, admin.key())
    before = config.guardian
    config.guardian = guardian
    emit_guardian_set(admin.key(), before, guardian)


@instruction
def stop_deposits(guardian: Signer, config: PoolConfig, clock: Clock):
    before = config.paused_until
    stop(config, guardian.key(), clock.unix_timestamp())
    emit_deposits_stopped(guardian.key(), clock.slot(), before, config)


# Opening a pool, terms and risk


@instruction
def open_pool(payer: Signer, pool: Empty[InsurancePool], market_id: Pubkey):
    bump = pool.bump()
    p = pool.init(payer=payer, seeds=['pool', market_id])
    p.market_id = market_id
    p.bump = bump
    emit_pool_opened(market_id, payer.key())


@instruction
def open_vault(payer: Signer, config: PoolConfig, mint: TokenMint, pool: InsurancePool, vault: Empty[TokenAccount]):
    assert mint.key() == config.mint, 'E_MINT: pass the mint of the configuration'
    vault.init(payer=payer, mint=mint, authority=pool, seeds=['vault', pool.market_id])
    pool.vault = vault.key()
    emit_vault_opened(pool.market_id, payer.key(), pool.vault)


@instruction
def set_terms(
    risk: Signer, config: PoolConfig, pool: InsurancePool, market_vault: TokenAccount, creator: UncheckedAccount,
    engine_program: UncheckedAccount, genesis: i64, epoch_seconds: u64, lock: u64, notice: u64, performance_fee_bps: u64,
):
    check_authority(risk.key(), config.risk_authority)
    check_relation(market_vault.authority(), pool.market_id)
    if not pool.active:
        bind(config, pool, market_vault.key(), creator.key(), engine_program.key())
    lock_before = pool.lock_epochs
    notice_before = pool.notice_epochs
    accept_terms(pool, genesis, epoch_seconds, lock, notice, performance_fee_bps)
    emit_terms_set(risk.key(), pool, lock_before, notice_before)


@instruction
def set_risk(risk: Signer, config: PoolConfig, pool: InsurancePool, epoch: u64, required_reserve: u64, open_interest_now: u64, reasons: u8):
    check_authority(risk.key(), config.risk_authority)
    required = pool.required_reserve
    open_interest = pool.open_interest_now
    old_reasons = pool.reasons
    utilization = pool.utilization_rate
    pool.score_epoch = epoch
    pool.required_reserve = required_reserve
    pool.open_interest_now = open_interest_now
    pool.reasons = reasons
    refresh_utilisation(pool)
    emit_risk_set(risk.key(), pool, required, open_interest, old_reasons, utilization)


@instruction
def deposit(
    provider: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, source: TokenAccount,
    position: Empty[ProviderPosition], clock: Clock, amount: u64, min_shares: u64, entry_epoch: u64,
):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_deposit(config, amount, clock.unix_timestamp())
    check_vault(pool, vault.key())
    assert entry_epoch == epoch, 'E_EPOCH: the epoch has changed; use the current one'
    moment = Moment(provider.key(), epoch, clock.slot(), pool_state(pool))
    bump = position.bump()
    p = position.init(payer=provider, seeds=['position', pool.market_id, provider, entry_epoch])
    start_position(p, pool, provider.key(), epoch, bump)
    minted = buy(pool, p, amount, min_shares, epoch)
    check_source(source.mint(), source.amount(), config.mint, amount)
    source.transfer(authority=provider, to=vault, amount=amount)
    emit_deposited(moment, pool, p, p.key(), amount, minted)


@instruction
def top_up(
    provider: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, source: TokenAccount,
    position: ProviderPosition, clock: Clock, amount: u64, min_shares: u64,
):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_owner(pool, position, provider.key())
    assert position.entry_epoch == epoch, 'E_EPOCH: the epoch of the position is over; make a new deposit'
    check_generation(pool, position)
    check_deposit(config, amount, clock.unix_timestamp())
    check_vault(pool, vault.key())
    moment = Moment(provider.key(), epoch, clock.slot(), pool_state(pool))
    before = position_state(position)
    minted = buy(pool, position, amount, min_shares, epoch)
    check_source(source.mint(), source.amount(), config.mint, amount)
    source.transfer(authority=provider, to=vault, amount=amount)
    emit_topped_up(moment, pool, before, position, position.key(), amount, minted)


@instruction
def request_withdrawal(provider: Signer, pool: InsurancePool, position: ProviderPosition, clock: Clock, shares: u64):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_owner(pool, position, provider.key())
    moment = Moment(provider.key(), epoch, clock.slot(), pool_state(pool))
    before = position_state(position)
    request(pool, position, shares, epoch)
    emit_requested(moment, pool, before, position, position.key())


@instruction
def cancel_withdrawal(provider: Signer, pool: InsurancePool, position: ProviderPosition, clock: Clock):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_owner(pool, position, provider.key())
    check_requested(position)
    moment = Moment(provider.key(), epoch, clock.slot(), pool_state(pool))
    before = position_state(position)
    forgone = cancel(pool, position, epoch)
    emit_cancelled(moment, pool, before, position, position.key(), forgone)


@instruction
def execute_withdrawal(
    caller: Signer, config: PoolConfig, pool: InsurancePool, position: ProviderPosition, vault: TokenAccount,
    destination: TokenAccount, clock: Clock, min_assets: u64,
):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_relation(position.market_id, pool.market_id)
    check_requested(position)
    check_executor(position, caller.key(), epoch)
    check_vault(pool, vault.key())
    check_destination(destination.authority(), position.provider)
    moment = Moment(caller.key(), epoch, clock.slot(), pool_state(pool))
    before = position_state(position)
    wiped = position.generation != pool.generation
    settled = Settlement(position.requested_shares, 0, 0, 0, 0)
    if wiped:
        retire(position)
    else:
        settled = settle(pool, position, min_assets, epoch)
    net = settled.net
    market_id = pool.market_id
    bump = pool.bump
    vault.transfer(authority=pool, to=destination, amount=net, signer=['pool', market_id, bump])
    emit_executed(moment, pool, before, position, position.key(), wiped, settled)


@instruction
def flag_exit(caller: Signer, pool: InsurancePool, position: ProviderPosition, clock: Clock):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_relation(position.market_id, pool.market_id)
    moment = Moment(caller.key(), epoch, clock.slot(), pool_state(pool))
    mark_exit(pool, position, epoch)
    emit_exit_flagged(moment, pool, position.key())


# Reports to and pushes from the peers


@instruction
def report_reserve(
    caller: Signer, config: PoolConfig, pool: InsurancePool, risk_program: Program, risk_config: UncheckedAccount,
    inputs: UncheckedAccount, clock: Clock,
):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_program(Pubkey.find_program_address(['peer', risk_program])[0], config.risk_fp)
    check_relation(inputs.key(), pool.inputs)
    before = pool_state(pool)
    vest(pool, epoch)
    refresh_utilisation(pool)
    clear_exit_if_served(pool)
    call_update_reserve(config, pool, risk_program, risk_config, inputs, epoch)
    emit_reserve_reported(caller.key(), epoch, clock.slot(), before, pool)


@instruction
def credit_premium(
    premium: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, escrow: TokenAccount,
    amount: u64, epoch: u64, arrears: u64, acknowledged: u64,
):
    check_authority(premium.key(), config.premium_authority)
    check_vault(pool, vault.key())
    before = pool_state(pool)
    accrued_before = pool.epoch_premium_accrued
    accept_premium(pool, amount, epoch, arrears, acknowledged)
    escrow.transfer(authority=premium, to=vault, amount=amount)
    emit_premium_credited(premium.key(), amount, accrued_before, before, pool)


@instruction
def report_offset(
    caller: Signer, config: PoolConfig, pool: InsurancePool, premium_program: Program, premium_config: UncheckedAccount,
    premium: UncheckedAccount,
):
    check_program(Pubkey.find_program_address(['peer', premium_program])[0], config.premium_fp)
    check_relation(premium.key(), pool.premium)
    call_apply_offset(config, pool, premium_program, premium_config, premium)
    emit_offset_reported(caller.key(), pool)


# Claims


@instruction
def note_unsettled(handler: Signer, config: PoolConfig, pool: InsurancePool, unsettled: u64):
    check_authority(handler.key(), config.handler_authority)
    before = pool.unsettled
    pool.unsettled = unsettled
    emit_unsettled_noted(handler.key(), before, pool)


@instruction
def request_payout(handler: Signer, config: PoolConfig, pool: InsurancePool, sequence: u64, claimable: u64):
    check_authority(handler.key(), config.handler_authority)
    before = pool_state(pool)
    reserve(pool, sequence, claimable)
    emit_payout_requested(handler.key(), claimable, before, pool)


@instruction
def release_funds(
    caller: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, market_vault: TokenAccount,
    handler_program: Program, handler_config: UncheckedAccount, registry: UncheckedAccount, claim: UncheckedAccount,
    market_program: Program, market: UncheckedAccount, clock: Clock,
):
    assert pool.reserved_sequence > 0, 'E_STATE: no payout is reserved'
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_program(Pubkey.find_program_address(['peer', handler_program])[0], config.handler_fp)
    check_vault(pool, vault.key())
    check_relation(market_vault.key(), pool.market_vault)
    check_relation(market.key(), pool.market_id)
    sequence = pool.reserved_sequence
    payout = pool.reserved_payout
    net = pool.reserved
    data = claim_data(pool, epoch, clock.unix_timestamp())
    clear_reserve(pool)
    market_id = pool.market_id
    bump = pool.bump
    vault.transfer(authority=pool, to=market_vault, amount=net, signer=['pool', market_id, bump])
    call_complete_claim(config, handler_program, handler_config, registry, claim, market_program, market, data)
    emit_funds_released(caller.key(), epoch, clock.slot(), pool, sequence, payout, net)


@instruction
def pay_claim_fee(handler: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, destination: TokenAccount, amount: u64):
    check_authority(handler.key(), config.handler_authority)
    check_vault(pool, vault.key())
    assert destination.key() != pool.vault, 'E_ALIAS: the destination must not be the vault'
    before = pool.claim_fees
    pool.claim_fees -= amount
    market_id = pool.market_id
    bump = pool.bump
    vault.transfer(authority=pool, to=destination, amount=amount, signer=['pool', market_id, bump])
    emit_claim_fee_paid(handler.key(), destination.key(), amount, before, pool)


@instruction
def collect_treasury(treasury: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, destination: TokenAccount):
    assert treasury.key() == config.treasury, 'E_AUTHORITY: only the treasury may collect its fees'
    check_vault(pool, vault.key())
    check_destination(destination.authority(), treasury.key())
    amount = pool.treasury_fees
    pool.treasury_fees = 0
    market_id = pool.market_id
    bump = pool.bump
    vault.transfer(authority=pool, to=destination, amount=amount, signer=['pool', market_id, bump])
    emit_treasury_collected(treasury.key(), destination.key(), amount, pool)


# The creator's first-loss stake


@instruction
def fund_first_loss(creator: Signer, config: PoolConfig, pool: InsurancePool, vault: TokenAccount, source: TokenAccount, amount: u64):
    check_creator(pool, creator.key())
    check_vault(pool, vault.key())
    before = pool.first_loss
    fund_stake(pool, amount)
    check_source(source.mint(), source.amount(), config.mint, amount)
    source.transfer(authority=creator, to=vault, amount=amount)
    emit_stake_funded(creator.key(), amount, before, pool)


@instruction
def request_stake(creator: Signer, pool: InsurancePool, clock: Clock, amount: u64):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_creator(pool, creator.key())
    open_stake_request(pool, amount, epoch)
    emit_stake_requested(creator.key(), epoch, clock.slot(), pool)


@instruction
def execute_stake(creator: Signer, pool: InsurancePool, vault: TokenAccount, destination: TokenAccount, clock: Clock):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_creator(pool, creator.key())
    check_vault(pool, vault.key())
    check_destination(destination.authority(), creator.key())
    before = pool.first_loss
    amount = settle_stake(pool, epoch)
    market_id = pool.market_id
    bump = pool.bump
    vault.transfer(authority=pool, to=destination, amount=amount, signer=['pool', market_id, bump])
    emit_stake_paid(creator.key(), epoch, clock.slot(), amount, before, pool)


@instruction
def cancel_stake(creator: Signer, pool: InsurancePool, clock: Clock):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_creator(pool, creator.key())
    amount = pool.stake_request
    drop_stake_request(pool)
    emit_stake_cancelled(creator.key(), epoch, clock.slot(), amount, pool)


# Signed by the market's resolver, an address without account or power; the market checks the breach.
@instruction
def force_resolution(
    keeper: Signer, pool: InsurancePool, resolver: UncheckedAccount, market_program: Program, market: UncheckedAccount,
    position: UncheckedAccount, trader: UncheckedAccount, market_vault: UncheckedAccount, keeper_token: UncheckedAccount,
    token: UncheckedAccount, clock: Clock,
):
    epoch = pool.epoch_at(clock.unix_timestamp())
    check_program(Pubkey.find_program_address(['peer', market_program])[0], pool.engine_fp)
    check_relation(market.key(), pool.market_id)
    now = clock.unix_timestamp()
    market_id = pool.market_id
    signing = Pubkey.find_program_address(['resolver', market_id])
    check_relation(resolver.key(), signing[0])
    bump = signing[1]
    call_resolve_extreme(resolver, market_id, bump, keeper, market_program, market, position, trader, market_vault, keeper_token, token, now)
    emit_resolution_forced(keeper.key(), epoch, clock.slot(), pool, position.key())
