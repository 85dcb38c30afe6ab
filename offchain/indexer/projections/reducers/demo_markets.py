"""The demo market: its account, its money and what the protocol tells it."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated import demo_market as events
from offchain.chain.generated.demo_market.accounts import DemoConfig, PerpMarket, TraderAccount
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.reducers.demo_ledger import ledger, trader_of, write_trader
from offchain.indexer.projections.state import State, put, take
from offchain.verify.replay.market.profit import socialise, vest
from offchain.verify.replay.market.state import INDEX_ONE
from offchain.verify.replay.market.time import start

PROGRAM = "demo_market"


def config_set(state: State, event: events.DemoConfigSet, _moment: Moment) -> None:
    """The host's own configuration; fingerprints are derived."""
    at = state.at
    config = state.create(DemoConfig, PROGRAM, "config", admin=event.actor)
    take(config, event, "mint risk_program handler_program pool_program")
    put(config, risk_fp=at.fingerprint(PROGRAM, event.risk_program))
    put(config, handler_fp=at.fingerprint(PROGRAM, event.handler_program))
    put(config, premium_fp=at.fingerprint(PROGRAM, at.premium_manager))


def created(state: State, event: events.MarketCreated, _moment: Moment) -> None:
    """A market without vaults; whom it trusts is derived."""
    config = state.get(DemoConfig, state.at.demo_config)
    addresses = state.at.market(event.market_id)
    market = state.create(PerpMarket, PROGRAM, "market", event.actor, event.index, creator=event.actor)
    take(market, event, "market_id index mint depth trading_fee_bps maintenance_bps liquidation_fee_bps")
    take(market, config, "risk_fp premium_fp handler_fp")
    put(market, risk_authority=addresses.config, handler_authority=addresses.registry)
    put(market, pool_authority=addresses.resolver, profit_index=INDEX_ONE)


def vault_opened(state: State, event: events.VaultOpened, _moment: Moment) -> None:
    """One of its two vaults."""
    put(state.edit(PerpMarket, event.market_id), **{"fee_vault" if event.fees else "vault": event.vault})


def registered(state: State, event: events.MarketRegistered, _moment: Moment) -> None:
    """The protocol knows it."""
    state.edit(PerpMarket, event.market_id).registered = True


def synced(state: State, event: events.SyncReceived, _moment: Moment) -> None:
    """Time passes at the old price, then the new one holds; the first one starts the calendar."""
    calendar = state.get(RiskConfig, state.at.risk_config)
    with ledger(state, event.market_id, event.time) as market:
        if not market.synced:
            start(market, event.time, calendar.genesis, calendar.epoch_seconds)
    row = state.edit(PerpMarket, event.market_id)
    take(row, event, "price publish_time lag_price provisional grade reasons leverage_cap oi_cap cum_funding")
    row.synced_at = event.time


def statistics_pushed(state: State, event: events.StatisticsPushed, moment: Moment) -> None:
    """Time passes; the event tells the means of the last whole epoch."""
    with ledger(state, event.market_id, moment.time):
        pass
    take(state.edit(PerpMarket, event.market_id), event, "mean_epoch mean_long mean_short mean_leverage cum_funding")


def house_changed(state: State, event: events.HouseChanged, _moment: Moment) -> None:
    """Money for the house or from it."""
    state.edit(PerpMarket, event.market_id).house = event.house


def insurance_funded(state: State, event: events.InsuranceFunded, _moment: Moment) -> None:
    """Money for the market's own fund."""
    state.edit(PerpMarket, event.market_id).fund = event.fund


def fees_settled(state: State, event: events.FeesSettled, _moment: Moment) -> None:
    """The premium manager took its share."""
    state.edit(PerpMarket, event.market_id).fees_due = 0


def fees_swept(state: State, event: events.FeesSwept, _moment: Moment) -> None:
    """The rest of the fees joins the house."""
    state.edit(PerpMarket, event.market_id).house = event.house


def deficit_covered(state: State, event: events.DeficitCovered, _moment: Moment) -> None:
    """A claim's money has come; what it left uncovered falls on profits, which may end their generation."""
    with ledger(state, event.market_id) as market:
        socialise(market, event.uncovered, event.from_profit, state.parameters)
        take(market, event, "house unvested_units profit_index bad_debt")


def trader_opened(state: State, event: events.TraderOpened, _moment: Moment) -> None:
    """A trader's account."""
    fields = {"owner": event.actor, "market": event.market_id}
    state.create(TraderAccount, PROGRAM, "trader", event.market_id, event.actor, **fields)


def profit_vested(state: State, event: events.ProfitVested, _moment: Moment) -> None:
    """Profit becomes claimable, and may be withdrawn."""
    row = edit_trader(state, event.market_id, event.actor)
    trader = trader_of(row)
    with ledger(state, event.market_id) as market:
        vest(market, trader, event.epoch)
        put(market, unvested_units=event.market_units, claimable=event.market_claimable)
    take(trader, event, "units claimable")
    write_trader(row, trader)


def edit_trader(state: State, market_id: Pubkey, owner: Pubkey) -> TraderAccount:
    """A trader's row."""
    return state.edit(TraderAccount, state.at.market(market_id).trader(owner))


REDUCERS = {
    events.DemoConfigSet: config_set,
    events.MarketCreated: created,
    events.VaultOpened: vault_opened,
    events.MarketRegistered: registered,
    events.SyncReceived: synced,
    events.StatisticsPushed: statistics_pushed,
    events.HouseChanged: house_changed,
    events.InsuranceFunded: insurance_funded,
    events.FeesSettled: fees_settled,
    events.FeesSwept: fees_swept,
    events.DeficitCovered: deficit_covered,
    events.TraderOpened: trader_opened,
    events.ProfitVested: profit_vested,
}
