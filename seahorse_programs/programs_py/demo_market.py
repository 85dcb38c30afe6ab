# demo_market: a small perpetual-futures market that plays the external host of the protocol.
# Account checks, creation, transfers and calls stand here; the rules are in lib/demo.
from seahorse.prelude import *
from lib.demo.accounts import DemoConfig, PerpMarket, PerpPosition, TraderAccount
from lib.demo.accrual import accrue
from lib.demo.calls import activate_market, collect_fees, report_deficit, update_statistics
from lib.demo.checks import require_bounds, require_own, require_position
from lib.demo.closing import close
from lib.demo.events_money import emit_fees_settled, emit_fees_swept, emit_house_changed
from lib.demo.events_money import emit_insurance_funded, emit_profit_vested, emit_statistics_pushed
from lib.demo.events_setup import emit_config_set, emit_market_created, emit_registered, emit_synced
from lib.demo.events_setup import emit_trader_opened, emit_vault_opened
from lib.demo.events_trade import emit_closed, emit_covered, emit_liquidated, emit_margin_added
from lib.demo.events_trade import emit_opened, emit_submitted
from lib.demo.fills import worth
from lib.demo.freshness import require_fresh
from lib.demo.funding import funding_at
from lib.demo.liquidation import liquidate
from lib.demo.margin import better_price, equity_at, is_extreme, maintenance_at
from lib.demo.opening import accept_order, fill_order, raise_margin, require_open_allowed
from lib.demo.peers import trust_peers
from lib.demo.profit import INDEX_ONE, socialise, unvested_value, vest
from lib.demo.sync import enter_time, set_limits, set_price
from lib.generated.params import ADMIN
from lib.money import check_source

declare_id('Bj421UkmtT68bdYsU3nV444GspbVpspHGCadfwcxTpjC')


@instruction
def init_config(
    payer: Signer, config: Empty[DemoConfig], mint: TokenMint,
    risk_program: Pubkey, premium_program: Pubkey, pool_program: Pubkey, handler_program: Pubkey,
):
    assert str(payer.key()) == ADMIN, 'E_ADMIN: only the key compiled in from seahorse.toml may initialise'
    bump = config.bump()
    c = config.init(payer=payer, seeds=['config'])
    c.admin = payer.key()
    c.mint = mint.key()
    c.risk_program = risk_program
    c.risk_fp = Pubkey.find_program_address(['peer', risk_program])[0]
    c.premium_fp = Pubkey.find_program_address(['peer', premium_program])[0]
    c.handler_program = handler_program
    c.handler_fp = Pubkey.find_program_address(['peer', handler_program])[0]
    c.pool_program = pool_program
    c.bump = bump
    emit_config_set(c)


# Anyone may create a market; depth is the notional within 2 % of the price that the market states for itself.
@instruction
def create_market(
    creator: Signer, config: DemoConfig, market: Empty[PerpMarket],
    index: u64, depth: u64, trading_fee_bps: u64, maintenance_bps: u64, liquidation_fee_bps: u64,
):
    require_bounds(depth, trading_fee_bps, maintenance_bps, liquidation_fee_bps)
    bump = market.bump()
    m = market.init(payer=creator, seeds=['market', creator, index])
    m.market_id = m.key()
    m.creator = creator.key()
    m.index = index
    m.mint = config.mint
    trust_peers(m, config)
    m.depth = depth
    m.trading_fee_bps = trading_fee_bps
    m.maintenance_bps = maintenance_bps
    m.liquidation_fee_bps = liquidation_fee_bps
    m.profit_index = INDEX_ONE
    m.bump = bump
    emit_market_created(m)


@instruction
def open_vault(payer: Signer, mint: TokenMint, market: PerpMarket, vault: Empty[TokenAccount]):
    assert mint.key() == market.mint, 'E_MINT: not the mint of the market'
    vault.init(payer=payer, mint=mint, authority=market, seeds=['vault', market.market_id])
    market.vault = vault.key()
    emit_vault_opened(market, payer.key(), market.vault, False)


@instruction
def open_fee_vault(payer: Signer, mint: TokenMint, market: PerpMarket, fee_vault: Empty[TokenAccount]):
    assert mint.key() == market.mint, 'E_MINT: not the mint of the market'
    fee_vault.init(payer=payer, mint=mint, authority=market, seeds=['fees', market.market_id])
    market.fee_vault = fee_vault.key()
    emit_vault_opened(market, payer.key(), market.fee_vault, True)


@instruction
def register(
    creator: Signer, market: PerpMarket, vault: TokenAccount, risk_program: Program, risk_config: UncheckedAccount,
    engine: UncheckedAccount, market_config: UncheckedAccount, feed: UncheckedAccount,
    max_leverage: u64, insolvency_threshold: u64, lock_epochs: u64, notice_epochs: u64, performance_fee_bps: u64,
):
    assert creator.key() == market.creator, 'E_AUTHORITY: only the creator of the market may register it'
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    market.registered = True
    activate_market(
        market, creator, vault, risk_program, risk_config, engine, market_config, feed,
        max_leverage, insolvency_threshold, lock_epochs, notice_epochs, performance_fee_bps,
    )
    emit_registered(market, max_leverage, insolvency_threshold, lock_epochs, notice_epochs, performance_fee_bps)


# CPI from the risk engine. Interest is accrued at the old price before the new one is set.
@instruction
def apply_sync(
    risk: Signer, market: PerpMarket,
    price: u64, publish_time: i64, lag_price: u64, provisional: bool, grade: u8, reasons: u8,
    leverage_cap: u64, oi_cap: u64, epoch: u64, now: i64, genesis: i64, epoch_seconds: u64,
):
    assert risk.key() == market.risk_authority, 'E_AUTHORITY: only the risk engine may sync the market'
    price_before = market.price
    reasons_before = market.reasons
    enter_time(market, now, genesis, epoch_seconds)
    market.synced_at = now
    set_price(market, price, publish_time, lag_price, provisional)
    set_limits(market, grade, reasons, leverage_cap, oi_cap)
    emit_synced(market, epoch, price_before, reasons_before)


@instruction
def open_trader(owner: Signer, market: PerpMarket, trader: Empty[TraderAccount]):
    bump = trader.bump()
    t = trader.init(payer=owner, seeds=['trader', market.market_id, owner])
    t.owner = owner.key()
    t.market = market.market_id
    t.bump = bump
    emit_trader_opened(market, t, t.key())


@instruction
def fund_house(payer: Signer, market: PerpMarket, vault: TokenAccount, source: TokenAccount, amount: u64):
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    assert amount > 0, 'E_AMOUNT: the amount must be above 0'
    check_source(source.mint(), source.amount(), market.mint, amount)
    source.transfer(authority=payer, to=vault, amount=amount)
    market.house += amount
    emit_house_changed(market, payer.key(), amount, 0)


@instruction
def fund_insurance(payer: Signer, market: PerpMarket, vault: TokenAccount, source: TokenAccount, amount: u64):
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    assert amount > 0, 'E_AMOUNT: the amount must be above 0'
    check_source(source.mint(), source.amount(), market.mint, amount)
    source.transfer(authority=payer, to=vault, amount=amount)
    market.fund += amount
    emit_insurance_funded(market, payer.key(), amount)


# The creator's capital leaves only while nobody trades against it.
@instruction
def withdraw_house(creator: Signer, market: PerpMarket, vault: TokenAccount, destination: TokenAccount, amount: u64):
    assert creator.key() == market.creator, 'E_AUTHORITY: only the creator of the market may withdraw'
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    assert amount > 0 and amount <= market.house, 'E_AMOUNT: between 1 atom and what the house has'
    assert market.open_positions == 0, 'E_OPEN_INTEREST: positions are still open'
    by = market.creator
    index = market.index
    bump = market.bump
    vault.transfer(authority=market, to=destination, amount=amount, signer=['market', by, index, bump])
    market.house -= amount
    emit_house_changed(market, creator.key(), 0, amount)


@instruction
def open_position(
    owner: Signer, market: PerpMarket, trader: TraderAccount, position: Empty[PerpPosition], vault: TokenAccount,
    fee_vault: TokenAccount, source: TokenAccount, clock: Clock,
    nonce: u64, is_long: bool, size: u64, margin: u64, limit_price: u64,
):
    now = clock.unix_timestamp()
    require_own(market, trader, owner.key())
    assert vault.key() == market.vault and fee_vault.key() == market.fee_vault, 'E_VAULT: not the vaults of the market'
    require_fresh(market, now)
    require_open_allowed(market, size, margin)
    accrue(market, now)
    bump = position.bump()
    p = position.init(payer=owner, seeds=['position', market.market_id, owner, nonce])
    p.owner = owner.key()
    p.market = market.market_id
    p.nonce = nonce
    p.bump = bump
    fill_order(market, p, is_long, size, margin)
    fee = accept_order(market, p, limit_price)
    check_source(source.mint(), source.amount(), market.mint, margin + fee)
    source.transfer(authority=owner, to=vault, amount=margin)
    source.transfer(authority=owner, to=fee_vault, amount=fee)
    emit_opened(market, p, clock.slot(), fee)


@instruction
def add_margin(owner: Signer, market: PerpMarket, position: PerpPosition, vault: TokenAccount, source: TokenAccount, clock: Clock, amount: u64):
    require_position(market, position)
    assert position.owner == owner.key(), 'E_AUTHORITY: not your position'
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    assert amount > 0, 'E_AMOUNT: the amount must be above 0'
    accrue(market, clock.unix_timestamp())
    raise_margin(market, position, amount)
    check_source(source.mint(), source.amount(), market.mint, amount)
    source.transfer(authority=owner, to=vault, amount=amount)
    emit_margin_added(market, position, clock.slot(), amount)


@instruction
def close_position(
    owner: Signer, market: PerpMarket, trader: TraderAccount, position: PerpPosition, vault: TokenAccount,
    fee_vault: TokenAccount, destination: TokenAccount, clock: Clock, limit_price: u64,
):
    now = clock.unix_timestamp()
    require_position(market, position)
    assert position.owner == owner.key(), 'E_AUTHORITY: not your position'
    require_own(market, trader, position.owner)
    assert vault.key() == market.vault and fee_vault.key() == market.fee_vault, 'E_VAULT: not the vaults of the market'
    require_fresh(market, now)
    accrue(market, now)
    result = close(market, position, trader, limit_price)
    by = market.creator
    index = market.index
    bump = market.bump
    vault.transfer(authority=market, to=fee_vault, amount=result.fee, signer=['market', by, index, bump])
    vault.transfer(authority=market, to=destination, amount=result.principal, signer=['market', by, index, bump])
    emit_closed(market, position, clock.slot(), result)


# Succeeds when execute_liquidation would; changes nothing. Clients simulate it.
@instruction
def check_liquidation(caller: Signer, market: PerpMarket, position: PerpPosition, clock: Clock):
    now = clock.unix_timestamp()
    require_position(market, position)
    require_fresh(market, now)
    price = better_price(market, position.is_long)
    equity = equity_at(position, price, funding_at(market, market.epoch_at(now)))
    assert equity < maintenance_at(market, position.size, price), 'E_HEALTHY: the equity covers the maintenance margin'


@instruction
def execute_liquidation(
    keeper: Signer, market: PerpMarket, position: PerpPosition, trader: TraderAccount, vault: TokenAccount,
    keeper_token: TokenAccount, clock: Clock,
):
    now = clock.unix_timestamp()
    require_position(market, position)
    require_own(market, trader, position.owner)
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    require_fresh(market, now)
    accrue(market, now)
    price = better_price(market, position.is_long)
    equity = equity_at(position, price, market.cum_funding)
    assert equity < maintenance_at(market, position.size, price), 'E_HEALTHY: the equity covers the maintenance margin'
    result = liquidate(market, position, trader, price, equity)
    by = market.creator
    index = market.index
    bump = market.bump
    vault.transfer(authority=market, to=keeper_token, amount=result.keeper, signer=['market', by, index, bump])
    emit_liquidated(market, position, keeper.key(), clock.slot(), False, result)


# CPI from the insurance pool: past the extreme breach the resolver of this market ends a position.
@instruction
def resolve_extreme(
    pool_authority: Signer, keeper: UncheckedAccount, market: PerpMarket, position: PerpPosition, trader: TraderAccount,
    vault: TokenAccount, keeper_token: TokenAccount, now: i64,
):
    assert pool_authority.key() == market.pool_authority, 'E_AUTHORITY: only the insurance pool may force a resolution'
    require_position(market, position)
    require_own(market, trader, position.owner)
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    require_fresh(market, now)
    accrue(market, now)
    price = better_price(market, position.is_long)
    equity = equity_at(position, price, market.cum_funding)
    assert is_extreme(position, equity, price), 'E_NOT_EXTREME: the loss beyond the margin is too small to force it'
    result = liquidate(market, position, trader, price, equity)
    by = market.creator
    index = market.index
    bump = market.bump
    vault.transfer(authority=market, to=keeper_token, amount=result.keeper, signer=['market', by, index, bump])
    emit_liquidated(market, position, keeper.key(), 0, True, result)


# Hand the cumulative deficit to the insolvency handler; a repeated report pays nothing twice.
@instruction
def report(
    keeper: Signer, market: PerpMarket, handler_program: Program, handler_config: UncheckedAccount,
    registry: UncheckedAccount, claim: UncheckedAccount, pool_program: Program, pool_config: UncheckedAccount,
    pool: UncheckedAccount,
):
    unvested_profit = unvested_value(market)
    report_deficit(market, keeper, handler_program, handler_config, registry, claim, pool_program, pool_config, pool, unvested_profit)
    emit_submitted(market, keeper.key(), unvested_profit)


# CPI from the insolvency handler: net has arrived in the vault; the uncovered rest falls on unvested profit, at most
# the profit that stood when the deficit was reported.
@instruction
def cover_deficit(handler: Signer, market: PerpMarket, net: u64, uncovered: u64, profit: u64):
    assert handler.key() == market.handler_authority, 'E_AUTHORITY: only the insolvency handler may cover a deficit'
    house_before = market.house
    market.house += net
    taken = socialise(market, uncovered, profit)
    emit_covered(market, net, uncovered, taken, house_before)


@instruction
def push_statistics(caller: Signer, market: PerpMarket, risk_program: Program, inputs: UncheckedAccount, clock: Clock):
    accrue(market, clock.unix_timestamp())
    assert market.acc_epoch > market.mean_epoch, 'E_EARLY: no epoch of this market has ended yet'
    open_interest = worth(max(market.oi_long, market.oi_short), market.price)
    update_statistics(market, risk_program, inputs, open_interest)
    emit_statistics_pushed(market, caller.key(), clock.slot(), open_interest)


@instruction
def settle_fees(
    caller: Signer, market: PerpMarket, fee_vault: TokenAccount, premium_program: Program, premium: UncheckedAccount,
    escrow: UncheckedAccount, token: UncheckedAccount, clock: Clock,
):
    assert fee_vault.key() == market.fee_vault, 'E_VAULT: not the fee vault of the market'
    gross = market.fees_due
    assert gross > 0, 'E_AMOUNT: no fees are due'
    market.fees_due = 0
    collect_fees(market, fee_vault, premium_program, premium, escrow, token, gross)
    emit_fees_settled(market, caller.key(), market.epoch_at(clock.unix_timestamp()), clock.slot(), gross)


# What the premium left in the fee vault belongs to the house.
@instruction
def sweep_fees(caller: Signer, market: PerpMarket, fee_vault: TokenAccount, vault: TokenAccount):
    assert vault.key() == market.vault and fee_vault.key() == market.fee_vault, 'E_VAULT: not the vaults of the market'
    assert market.fees_due == 0, 'E_STATE: settle the fees with the premium manager first'
    amount = fee_vault.amount()
    by = market.creator
    index = market.index
    bump = market.bump
    fee_vault.transfer(authority=market, to=vault, amount=amount, signer=['market', by, index, bump])
    market.house += amount
    emit_fees_swept(market, caller.key(), amount)


@instruction
def vest_profit(caller: Signer, market: PerpMarket, trader: TraderAccount, clock: Clock):
    require_own(market, trader, trader.owner)
    vest(market, trader, market.epoch_at(clock.unix_timestamp()))
    emit_profit_vested(market, trader, clock.slot(), 0)


@instruction
def withdraw_profit(owner: Signer, market: PerpMarket, trader: TraderAccount, vault: TokenAccount, destination: TokenAccount, clock: Clock):
    require_own(market, trader, owner.key())
    assert vault.key() == market.vault, 'E_VAULT: not the vault of the market'
    vest(market, trader, market.epoch_at(clock.unix_timestamp()))
    amount = trader.claimable
    assert amount > 0, 'E_AMOUNT: nothing has vested yet'
    trader.claimable = 0
    market.claimable -= amount
    by = market.creator
    index = market.index
    bump = market.bump
    vault.transfer(authority=market, to=destination, amount=amount, signer=['market', by, index, bump])
    emit_profit_vested(market, trader, clock.slot(), amount)
