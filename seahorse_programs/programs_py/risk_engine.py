# Risk engine: registers markets, takes prices and statistics, scores each market once an epoch and tells premium
# manager, pool and market what follows from it. Contract: docs/spec.md, section 1.
from seahorse.prelude import *
from lib.generated.params import ADMIN, DEV, EPOCH_SECONDS, PAUSE_COOLDOWN, PAUSE_SECONDS
from lib.powers import emit_accepted, emit_guardian, emit_proposed
from lib.risk.accounts import AllowedEngine, MarketConfig, MarketInputs, PriceFeed, RiskConfig, RiskScore, RiskWindow
from lib.risk.calls import handler_terms, pool_risk, pool_terms, premium_terms, put_limits, rate_inputs, sync_price
from lib.risk.calls import tell, tell_market
from lib.risk.events.admin import emit_initialized, emit_listed, emit_stopped
from lib.risk.events.inputs import emit_arrears, emit_reserve, emit_statistics
from lib.risk.events.market import emit_activated, emit_announced, emit_applied, emit_blank, emit_terms
from lib.risk.events.price import emit_feed, emit_price
from lib.risk.events.score import emit_score, emit_synced
from lib.risk.funding import take_funding
from lib.risk.inputs import take_reserve, take_statistics
from lib.risk.limits import market_leverage_cap, open_interest_cap, reasons_now, utilization
from lib.risk.peers import set_peers
from lib.risk.prices import accept_price
from lib.risk.score import check_score_due, settle_score
from lib.risk.terms import announce_terms, apply_terms, check_changeable, check_fixed, mark_pushed, start_market
from lib.risk.window import take_price

declare_id('BgHMJk7ro7uZhTv9jcuiKrm5ev2VoCfz1F3g1jF63aQw')


@instruction
def init_config(
    payer: Signer, config: Empty[RiskConfig], mint: TokenMint, clock: Clock,
    guardian: Pubkey, premium_program: Pubkey, pool_program: Pubkey, handler_program: Pubkey,
    genesis: i64, epoch_seconds: u64,
):
    assert str(payer.key()) == ADMIN, 'E_ADMIN: sign with the admin key of the project file'
    length_fits = epoch_seconds == EPOCH_SECONDS or (DEV and epoch_seconds > 0 and epoch_seconds < EPOCH_SECONDS)
    started = genesis > 0 and genesis <= clock.unix_timestamp()
    assert length_fits and started, 'E_BOUNDS: give a genesis that has passed and the epoch length of this build'
    bump = config.bump()
    c = config.init(payer=payer, seeds=['config'])
    c.admin = payer.key()
    c.guardian = guardian
    c.mint = mint.key()
    set_peers(c, premium_program, pool_program, handler_program)
    c.genesis = genesis
    c.epoch_seconds = epoch_seconds
    c.dev = DEV
    c.bump = bump
    emit_initialized(c.admin, guardian, c.mint, genesis, epoch_seconds, DEV, clock.slot())


@instruction
def propose_admin(admin: Signer, config: RiskConfig, new_admin: Pubkey):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    before = config.pending_admin
    config.pending_admin = new_admin
    emit_proposed(admin.key(), before, new_admin)


@instruction
def accept_admin(new_admin: Signer, config: RiskConfig):
    assert new_admin.key() == config.pending_admin, 'E_ADMIN: sign with the proposed admin'
    before = config.admin
    config.admin = new_admin.key()
    emit_accepted(new_admin.key(), before, config.admin)


@instruction
def set_guardian(admin: Signer, config: RiskConfig, guardian: Pubkey):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    before = config.guardian
    config.guardian = guardian
    emit_guardian(admin.key(), before, guardian)


@instruction
def allow_engine(admin: Signer, config: RiskConfig, engine: Empty[AllowedEngine], program: Program, program_id: Pubkey):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    fingerprint = Pubkey.find_program_address(['peer', program_id])[0]
    given = Pubkey.find_program_address(['peer', program])[0]
    assert given == fingerprint, 'E_PROGRAM: program and id differ'
    bump = engine.bump()
    e = engine.init(payer=admin, seeds=['engine', program_id])
    e.program = program_id
    e.fingerprint = fingerprint
    e.active = True
    e.bump = bump
    emit_listed(admin.key(), program_id, False, True)


@instruction
def remove_engine(admin: Signer, config: RiskConfig, engine: AllowedEngine):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    before = engine.active
    engine.active = False
    emit_listed(admin.key(), engine.program, before, False)


@instruction
def restore_engine(admin: Signer, config: RiskConfig, engine: AllowedEngine):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    before = engine.active
    engine.active = True
    emit_listed(admin.key(), engine.program, before, True)


@instruction
def open_feed(
    admin: Signer, config: RiskConfig, feed: Empty[PriceFeed], feed_id: Pubkey, source: u8, writer: Pubkey,
):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    assert source <= 2, 'E_BOUNDS: source is 0 publisher, 1 pyth or 2 switchboard'
    assert source > 0 or config.dev, 'E_DEV_ONLY: a publisher feed exists in development builds only'
    bump = feed.bump()
    f = feed.init(payer=admin, seeds=['feed', feed_id])
    f.feed_id = feed_id
    f.source = source
    f.writer = Pubkey.find_program_address(['writer', feed_id], writer)[0]
    if source == 0:
        f.writer = writer
    f.bump = bump
    emit_feed(f, admin.key())


@instruction
def push_price(
    writer: Signer, config: RiskConfig, feed: PriceFeed, clock: Clock, price: u64, conf: u64, publish_time: i64,
):
    assert writer.key() == feed.writer, 'E_AUTHORITY: sign with the writer of this feed'
    now = clock.unix_timestamp()
    before = feed.price
    provisional = feed.provisional
    accept_price(feed, config, price, conf, publish_time, now)
    emit_price(feed, writer.key(), before, provisional, config.epoch_at(now), clock.slot())


@instruction
def open_market(payer: Signer, config: RiskConfig, market_config: Empty[MarketConfig], clock: Clock, market_id: Pubkey):
    assert clock.unix_timestamp() >= config.paused_until, 'E_PAUSED: registrations are stopped for now'
    bump = market_config.bump()
    m = market_config.init(payer=payer, seeds=['market', market_id])
    m.market_id = market_id
    m.bump = bump
    emit_blank(market_id, payer.key(), 0, config.epoch_at(clock.unix_timestamp()), clock.slot())


@instruction
def open_score(payer: Signer, config: RiskConfig, score: Empty[RiskScore], clock: Clock, market_id: Pubkey):
    bump = score.bump()
    s = score.init(payer=payer, seeds=['score', market_id])
    s.market_id = market_id
    s.bump = bump
    emit_blank(market_id, payer.key(), 1, config.epoch_at(clock.unix_timestamp()), clock.slot())


@instruction
def open_inputs(payer: Signer, config: RiskConfig, inputs: Empty[MarketInputs], clock: Clock, market_id: Pubkey):
    bump = inputs.bump()
    i = inputs.init(payer=payer, seeds=['inputs', market_id])
    i.market_id = market_id
    i.bump = bump
    emit_blank(market_id, payer.key(), 2, config.epoch_at(clock.unix_timestamp()), clock.slot())


@instruction
def open_window(payer: Signer, config: RiskConfig, window: Empty[RiskWindow], clock: Clock, market_id: Pubkey):
    bump = window.bump()
    w = window.init(payer=payer, seeds=['window', market_id])
    w.market_id = market_id
    w.bump = bump
    emit_blank(market_id, payer.key(), 3, config.epoch_at(clock.unix_timestamp()), clock.slot())


# CPI from the market's program: its signature proves the market and the terms.
@instruction
def activate_market(
    market: Signer, creator: Signer, config: RiskConfig, engine: AllowedEngine, market_config: MarketConfig,
    feed: PriceFeed, market_vault: TokenAccount,
    index: u64, max_leverage: u64, insolvency_threshold: u64, lock_epochs: u64, notice_epochs: u64,
    performance_fee_bps: u64,
):
    assert engine.active, 'E_STATE: this market program is not on the list'
    derived = Pubkey.find_program_address(['market', creator, index], engine.program)[0]
    assert derived == market.key(), 'E_ENGINE: the market must be an address of the listed program'
    assert market_config.market_id == market.key(), 'E_RELATION: use the blank of this market'
    assert market_config.status == 0, 'E_STATE: the market is registered already'
    assert market_vault.authority() == market.key(), 'E_VAULT: the vault must belong to the market'
    assert market_vault.mint() == config.mint, 'E_MINT: use the mint of this deployment'
    check_changeable(lock_epochs, notice_epochs, max_leverage)
    check_fixed(insolvency_threshold, performance_fee_bps)
    market_config.oracle_feed = feed.key()
    market_config.creator = creator.key()
    market_config.market_vault = market_vault.key()
    market_config.index = index
    market_config.lock_epochs = lock_epochs
    market_config.notice_epochs = notice_epochs
    market_config.max_leverage = max_leverage
    market_config.insolvency_threshold = insolvency_threshold
    market_config.performance_fee_bps = performance_fee_bps
    start_market(market_config, config, engine)
    emit_activated(market_config, 0)


@instruction
def push_terms_premium(
    caller: Signer, config: RiskConfig, market_config: MarketConfig, premium_program: Program,
    premium_config: UncheckedAccount, premium: UncheckedAccount, clock: Clock,
):
    before = market_config.terms_pushed
    mark_pushed(market_config, 1)
    assert Pubkey.find_program_address(['peer', premium_program])[0] == config.premium_fp, 'E_PROGRAM: not the premium manager'
    market_id = market_config.market_id
    expected = Pubkey.find_program_address(['premium', market_id], config.premium_program)[0]
    assert premium.key() == expected, 'E_RELATION: use the premium account of this market'
    market_config.premium = premium.key()
    tell(config, premium_program, premium_config, premium, premium_terms(market_config))
    emit_terms(market_config, caller.key(), 1, before, config.epoch_at(clock.unix_timestamp()), clock.slot())


@instruction
def push_terms_pool(
    caller: Signer, config: RiskConfig, market_config: MarketConfig, pool_program: Program,
    pool_config: UncheckedAccount, pool: UncheckedAccount, market_vault: UncheckedAccount, creator: UncheckedAccount,
    engine_program: UncheckedAccount, clock: Clock,
):
    before = market_config.terms_pushed
    mark_pushed(market_config, 2)
    assert Pubkey.find_program_address(['peer', pool_program])[0] == config.pool_fp, 'E_PROGRAM: not the pool program'
    market_id = market_config.market_id
    expected = Pubkey.find_program_address(['pool', market_id], config.pool_program)[0]
    assert pool.key() == expected, 'E_RELATION: use the pool of this market'
    same_market = market_vault.key() == market_config.market_vault and creator.key() == market_config.creator
    same_engine = engine_program.key() == market_config.engine
    assert same_market and same_engine, 'E_RELATION: use vault, creator and program of the registration'
    market_config.pool = pool.key()
    bump = config.bump
    pool_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(pool_config, mut=True),
            CpiAccount(pool, mut=True),
            CpiAccount(market_vault, mut=True),
            CpiAccount(creator, mut=True),
            CpiAccount(engine_program, mut=True),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=pool_terms(market_config),
    )
    emit_terms(market_config, caller.key(), 2, before, config.epoch_at(clock.unix_timestamp()), clock.slot())


@instruction
def push_terms_handler(
    caller: Signer, config: RiskConfig, market_config: MarketConfig, handler_program: Program,
    handler_config: UncheckedAccount, registry: UncheckedAccount, engine_program: UncheckedAccount, clock: Clock,
):
    before = market_config.terms_pushed
    mark_pushed(market_config, 4)
    assert Pubkey.find_program_address(['peer', handler_program])[0] == config.handler_fp, 'E_PROGRAM: not the handler'
    market_id = market_config.market_id
    expected = Pubkey.find_program_address(['registry', market_id], config.handler_program)[0]
    same = registry.key() == expected and engine_program.key() == market_config.engine
    assert same, 'E_RELATION: use registry and program of this market'
    bump = config.bump
    handler_program.invoke(
        accounts=[
            CpiAccount(config, mut=True, signer=True),
            CpiAccount(handler_config, mut=True),
            CpiAccount(registry, mut=True),
            CpiAccount(engine_program, mut=True),
            CpiAccount(config, seeds=['config', bump]),
        ],
        data=handler_terms(market_config),
    )
    emit_terms(market_config, caller.key(), 4, before, config.epoch_at(clock.unix_timestamp()), clock.slot())


# CPI from the market: means of the epoch that ended. An older report changes nothing.
@instruction
def update_statistics(
    market: Signer, inputs: MarketInputs, epoch: u64, oi_long: u64, oi_short: u64, oi_now: u64, mean_leverage: u64,
    depth: u64, cum_funding: i64,
):
    assert market.key() == inputs.market_id, 'E_AUTHORITY: only the market itself reports its statistics'
    before = inputs.stats_epoch
    accepted = take_statistics(inputs, epoch, oi_long, oi_short, oi_now, mean_leverage, depth, cum_funding)
    emit_statistics(inputs, accepted, before)


# CPI from the pool.
@instruction
def update_reserve(
    pool_authority: Signer, config: RiskConfig, inputs: MarketInputs,
    epoch: u64, available: u64, pending: u64, utilization_bps: u64, exit: bool,
):
    assert pool_authority.key() == config.pool_authority, 'E_AUTHORITY: only the pool reports its reserve'
    available_before = inputs.available_balance
    utilization_before = inputs.utilization_bps
    exit_before = inputs.exit
    take_reserve(inputs, epoch, available, pending, utilization_bps, exit)
    emit_reserve(inputs, available_before, utilization_before, exit_before)


# CPI from the premium manager.
@instruction
def update_arrears(premium_authority: Signer, config: RiskConfig, inputs: MarketInputs, epoch: u64, arrears: bool):
    assert premium_authority.key() == config.premium_authority, 'E_AUTHORITY: only the premium manager reports arrears'
    before = inputs.arrears
    inputs.arrears = arrears
    inputs.arrears_epoch = epoch
    emit_arrears(inputs, before)


@instruction
def update_score(
    keeper: Signer, config: RiskConfig, engine: AllowedEngine, market_config: MarketConfig, score: RiskScore,
    window: RiskWindow, inputs: MarketInputs, feed: PriceFeed, premium_program: Program,
    premium_config: UncheckedAccount, premium: UncheckedAccount, pool_program: Program, pool_config: UncheckedAccount,
    pool: UncheckedAccount, clock: Clock,
):
    m = market_config
    same_market = score.market_id == m.market_id and window.market_id == m.market_id and inputs.market_id == m.market_id
    same_peers = feed.key() == m.oracle_feed and engine.program == m.engine
    assert same_market and same_peers, 'E_RELATION: use the accounts of this market'
    assert premium.key() == m.premium and pool.key() == m.pool, 'E_RELATION: use premium account and pool of this market'
    fingerprint = Pubkey.find_program_address(['peer', premium_program, pool_program])[0]
    assert fingerprint == config.scoring_fp, 'E_PROGRAM: not the premium manager and the pool program'
    now = clock.unix_timestamp()
    epoch = config.epoch_at(now)
    check_score_due(m, score, inputs, feed, epoch, now)
    score_before = score.composite_score
    grade_before = score.grade
    reasons_before = score.reasons
    take_price(window, feed)
    take_funding(window, inputs.cum_funding, epoch)
    settle_score(m, score, inputs, window, engine.active, epoch, now)
    used = utilization(inputs, epoch)
    tell(config, premium_program, premium_config, premium, rate_inputs(m, score, used))
    tell(config, pool_program, pool_config, pool, pool_risk(score, inputs))
    emit_score(score, keeper.key(), clock.slot(), score_before, grade_before, reasons_before, used)


@instruction
def sync_market(
    caller: Signer, config: RiskConfig, engine: AllowedEngine, market_config: MarketConfig, score: RiskScore,
    inputs: MarketInputs, feed: PriceFeed, market_program: Program, market: UncheckedAccount, clock: Clock,
):
    m = market_config
    same_market = score.market_id == m.market_id and inputs.market_id == m.market_id and market.key() == m.market_id
    same_peers = feed.key() == m.oracle_feed and engine.program == m.engine
    assert same_market and same_peers, 'E_RELATION: use the accounts of this market'
    assert Pubkey.find_program_address(['peer', market_program])[0] == m.engine_fp, 'E_PROGRAM: not the program of this market'
    assert m.status == 2, 'E_STATE: push the terms of this market first'
    assert feed.updates > 0, 'E_PRICE_STALE: the feed has no price yet'
    now = clock.unix_timestamp()
    epoch = config.epoch_at(now)
    reasons = reasons_now(score, inputs, engine.active, epoch)
    leverage_cap = market_leverage_cap(m)
    oi_cap = open_interest_cap(m, inputs, epoch)
    data = sync_price(feed)
    put_limits(data, m, reasons, leverage_cap, oi_cap, epoch, now)
    tell_market(m, market_program, market, data)
    emit_synced(m, feed, caller.key(), epoch, clock.slot(), reasons, leverage_cap, oi_cap)


@instruction
def announce_change(
    admin: Signer, config: RiskConfig, market_config: MarketConfig, clock: Clock,
    lock: u64, notice: u64, max_leverage: u64,
):
    assert admin.key() == config.admin, 'E_ADMIN: sign with the admin of this program'
    assert market_config.status == 2, 'E_STATE: push the terms of this market first'
    check_changeable(lock, notice, max_leverage)
    epoch = config.epoch_at(clock.unix_timestamp())
    announce_terms(market_config, lock, notice, max_leverage, epoch)
    emit_announced(market_config, admin.key(), epoch, clock.slot())


@instruction
def apply_change(caller: Signer, config: RiskConfig, market_config: MarketConfig, clock: Clock):
    m = market_config
    epoch = config.epoch_at(clock.unix_timestamp())
    assert m.change_pending, 'E_STATE: no change is announced'
    assert epoch >= m.next_epoch, 'E_EARLY: wait until the announced epoch'
    lock = m.lock_epochs
    notice = m.notice_epochs
    leverage = m.max_leverage
    apply_terms(m)
    emit_applied(m, caller.key(), lock, notice, leverage, epoch, clock.slot())


@instruction
def stop_registrations(guardian: Signer, config: RiskConfig, clock: Clock):
    now = clock.unix_timestamp()
    assert guardian.key() == config.guardian, 'E_GUARDIAN: sign with the guardian of this program'
    assert now >= config.pause_allowed_at, 'E_EARLY: the next stop is allowed 30 days after the last one'
    before = config.paused_until
    config.paused_until = now + PAUSE_SECONDS
    config.pause_allowed_at = now + PAUSE_COOLDOWN
    emit_stopped(
        guardian.key(), before, config.paused_until, config.pause_allowed_at, config.epoch_at(now), clock.slot()
    )
