# Insolvency handler: deficits, the threshold, the waterfall's receipt. Rules: docs/spec.md, section 4.
from seahorse.prelude import *
from lib.generated.params import ADMIN, DEV
from lib.handler.accounts import ClaimRecord, ClaimRegistry, HandlerConfig
from lib.handler.calls import call_cover_deficit, call_note_unsettled, call_pay_claim_fee, call_request_payout
from lib.handler.checks import check_admin, check_authority, check_pool, check_program, check_record
from lib.handler.claims import check_blank, check_reserved, finish_claim, record_deductions, record_payout, start_claim
from lib.handler.claims import take_counters
from lib.handler.events_claims import emit_claim, emit_claim_fee_collected, emit_claim_opened, emit_deficit_reported
from lib.handler.events_claims import emit_no_claim
from lib.handler.events_setup import emit_admin_accepted, emit_admin_proposed, emit_config_created, emit_guardian_set
from lib.handler.events_setup import emit_registry_opened, emit_terms_set

declare_id('C2bToTcGBFaRCcURXwAZXw3JJZrwnQCbCeDD31CQPoo3')


@instruction
def init_config(payer: Signer, config: Empty[HandlerConfig], guardian: Pubkey, risk_program: Pubkey, pool_program: Pubkey):
    assert str(payer.key()) == ADMIN, 'E_ADMIN: only the key compiled in may set up this program'
    bump = config.bump()
    c = config.init(payer=payer, seeds=['config'])
    c.admin = payer.key()
    c.guardian = guardian
    c.risk_authority = Pubkey.find_program_address(['config'], risk_program)[0]
    c.pool_program = pool_program
    c.pool_authority = Pubkey.find_program_address(['config'], pool_program)[0]
    c.pool_fp = Pubkey.find_program_address(['peer', pool_program])[0]
    c.dev = DEV
    c.bump = bump
    emit_config_created(payer.key(), c)


@instruction
def propose_admin(admin: Signer, config: HandlerConfig, new_admin: Pubkey):
    check_admin(config, admin.key())
    before = config.pending_admin
    config.pending_admin = new_admin
    emit_admin_proposed(admin.key(), before, new_admin)


@instruction
def accept_admin(new_admin: Signer, config: HandlerConfig):
    assert new_admin.key() == config.pending_admin, 'E_ADMIN: only the proposed admin may accept'
    before = config.admin
    config.admin = new_admin.key()
    emit_admin_accepted(new_admin.key(), before, new_admin.key())


@instruction
def set_guardian(admin: Signer, config: HandlerConfig, guardian: Pubkey):
    check_admin(config, admin.key())
    before = config.guardian
    config.guardian = guardian
    emit_guardian_set(admin.key(), before, guardian)


@instruction
def open_registry(payer: Signer, registry: Empty[ClaimRegistry], market_id: Pubkey):
    bump = registry.bump()
    r = registry.init(payer=payer, seeds=['registry', market_id])
    r.market_id = market_id
    r.next_sequence = 1
    r.bump = bump
    emit_registry_opened(market_id, payer.key())


@instruction
def set_terms(
    risk: Signer, config: HandlerConfig, registry: ClaimRegistry, engine_program: UncheckedAccount,
    threshold: u64, genesis: i64, epoch_seconds: u64,
):
    check_authority(risk.key(), config.risk_authority)
    assert not registry.active, 'E_STATE: the terms of a market are set once'
    engine = engine_program.key()
    market_id = registry.market_id
    pool_program = config.pool_program
    registry.engine_fp = Pubkey.find_program_address(['peer', engine])[0]
    registry.pool = Pubkey.find_program_address(['pool', market_id], pool_program)[0]
    registry.threshold = threshold
    registry.genesis = genesis
    registry.epoch_seconds = epoch_seconds
    registry.active = True
    emit_terms_set(risk.key(), registry)


@instruction
def open_claim(keeper: Signer, registry: ClaimRegistry, claim: Empty[ClaimRecord], clock: Clock, sequence: u64):
    assert sequence == registry.next_sequence, 'E_SEQUENCE: open the record of the next claim'
    bump = claim.bump()
    c = claim.init(payer=keeper, seeds=['claim', registry.market_id, sequence])
    c.market_id = registry.market_id
    c.sequence = sequence
    c.opened_at = clock.unix_timestamp()
    c.bump = bump
    emit_claim_opened(keeper.key(), clock.slot(), c)


@instruction
def report_deficit(
    market: Signer, executor: Signer, config: HandlerConfig, registry: ClaimRegistry, claim: ClaimRecord,
    pool_program: Program, pool_config: UncheckedAccount, pool: UncheckedAccount,
    counter: u64, margin_total: u64, fund_total: u64, unvested_profit: u64,
):
    check_authority(market.key(), registry.market_id)
    assert registry.active, 'E_STATE: the market has no terms yet; push them first'
    if registry.pending:
        return
    check_program(Pubkey.find_program_address(['peer', pool_program])[0], config.pool_fp)
    check_pool(registry, pool.key())
    check_record(registry, claim)
    check_blank(registry, claim)
    counter_before = registry.counter
    settled_before = registry.settled
    claimable = take_counters(registry, counter, margin_total, fund_total)
    if claimable > registry.threshold:
        start_claim(registry, claim, executor.key(), claimable, unvested_profit)
        sequence = claim.sequence
        call_request_payout(config, pool_program, pool_config, pool, sequence, claimable)
        emit_deficit_reported(claim, registry, settled_before)
    else:
        registry.no_claims += 1
        call_note_unsettled(config, pool_program, pool_config, pool, claimable)
        emit_no_claim(executor.key(), registry, claimable, counter_before)


@instruction
def complete_claim(
    pool_authority: Signer, config: HandlerConfig, registry: ClaimRegistry, claim: ClaimRecord,
    market_program: Program, market: UncheckedAccount, sequence: u64, payout: u64, first_loss: u64, premium: u64,
    capital: u64, offset: u64, fee: u64, executor_fee: u64, net: u64, epoch: u64, now: i64,
):
    check_authority(pool_authority.key(), config.pool_authority)
    assert market.key() == registry.market_id, 'E_RELATION: pass the registry of the market of the pool'
    check_record(registry, claim)
    check_reserved(claim, sequence)
    check_program(Pubkey.find_program_address(['peer', market_program])[0], registry.engine_fp)
    record_payout(claim, payout, first_loss, premium, capital)
    record_deductions(claim, offset, fee, executor_fee, net)
    finish_claim(registry, claim, epoch, now)
    call_cover_deficit(registry, claim, market_program, market)
    emit_claim(claim)


@instruction
def collect_claim_fee(
    executor: Signer, config: HandlerConfig, registry: ClaimRegistry, claim: ClaimRecord, pool_program: Program,
    pool_config: UncheckedAccount, pool: UncheckedAccount, pool_vault: UncheckedAccount, destination: UncheckedAccount,
    token: UncheckedAccount,
):
    check_authority(executor.key(), claim.executor)
    check_record(registry, claim)
    check_pool(registry, pool.key())
    due = claim.state == 2 and not claim.fee_collected
    assert due, 'E_STATE: the claim is not complete, or its fee is collected'
    check_program(Pubkey.find_program_address(['peer', pool_program])[0], config.pool_fp)
    claim.fee_collected = True
    amount = claim.executor_fee
    call_pay_claim_fee(config, pool_program, pool_config, pool, pool_vault, destination, token, amount)
    emit_claim_fee_collected(claim)
