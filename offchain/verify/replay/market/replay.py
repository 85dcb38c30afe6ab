"""The market program's instructions, replayed."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.settings.parameters import Parameters
from offchain.verify.read.borsh import Cursor
from offchain.verify.replay.arithmetic import BPS, up
from offchain.verify.replay.market import profit
from offchain.verify.replay.market.ending import Deficit, close, liquidate
from offchain.verify.replay.market.interest import add_weight, put_in
from offchain.verify.replay.market.state import Market, Position, Trader
from offchain.verify.replay.market.time import accrue, start
from offchain.verify.replay.market.value import fill, leverage, worth, worth_up
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.step import Step

STATISTICS = ("u64", "u64", "u64", "u64", "u64", "u64", "i64")
"""Arguments of update_statistics: epoch, long, short, open interest now, leverage, depth, cumulative funding."""
DATA_START = 8


@dataclass(frozen=True, slots=True)
class Liquidation:
    """A deficit that a liquidation left, and where."""

    market: Pubkey
    position: Pubkey
    signature: str
    deficit: Deficit


class Markets:
    """Every market of the demo program."""

    def __init__(self, parameters: Parameters, problems: Problems) -> None:
        self._parameters = parameters
        self._problems = problems
        self.all: dict[Pubkey, Market] = {}
        self.positions: dict[Pubkey, Position] = {}
        self.traders: dict[Pubkey, Trader] = {}
        self.liquidations: list[Liquidation] = []

    def create_market(self, step: Step) -> None:
        """A market without vaults."""
        self.all[step.at("market")] = Market(
            depth=step.number("depth"),
            trading_fee_bps=step.number("trading_fee_bps"),
            maintenance_bps=step.number("maintenance_bps"),
            liquidation_fee_bps=step.number("liquidation_fee_bps"),
        )

    def open_vault(self, step: Step) -> None:
        """The vault of margins, house, fund and profits."""
        self._market(step).vault = step.at("vault")

    def open_fee_vault(self, step: Step) -> None:
        """The vault of fees that are not shared yet."""
        self._market(step).fee_vault = step.at("fee_vault")

    def register(self, step: Step) -> None:
        """The market's own choice of terms."""
        self._market(step).threshold = step.number("insolvency_threshold")

    def apply_sync(self, step: Step) -> None:
        """Time passes at the old price, then the new one holds."""
        market = self._market(step)
        now = step.number("now")
        self._problems.compare(f"time told by {step.place}", step.now, now)
        if market.synced:
            accrue(market, now, self._parameters)
        else:
            start(market, now, step.number("genesis"), step.number("epoch_seconds"))
        market.price, market.lag_price = step.number("price"), step.number("lag_price")
        market.provisional = bool(step.number("provisional"))

    def push_statistics(self, step: Step) -> None:
        """The means of the last whole epoch, as the risk engine is told."""
        market = self._market(step)
        accrue(market, step.now, self._parameters)
        epoch, long, short, times = market.means
        now = worth(max(market.oi_long, market.oi_short), market.price)
        cursor = Cursor(step.call.children[0].data, DATA_START)
        told = tuple(cursor.read(kind) for kind in STATISTICS)
        expected = (epoch, long, short, now, times, market.depth, market.cum_funding)
        self._problems.compare(f"statistics told by {step.place}", expected, told)

    def open_trader(self, step: Step) -> None:
        """A trader's account."""
        self.traders[step.at("trader")] = Trader()

    def fund_house(self, step: Step) -> None:
        """Money for the house."""
        self._market(step).house += step.number("amount")
        step.expect("source", "vault", step.number("amount"))

    def fund_insurance(self, step: Step) -> None:
        """Money for the market's own fund."""
        self._market(step).fund += step.number("amount")
        step.expect("source", "vault", step.number("amount"))

    def withdraw_house(self, step: Step) -> None:
        """The creator takes from the house."""
        self._market(step).house -= step.number("amount")
        step.expect("vault", "destination", step.number("amount"))

    def open_position(self, step: Step) -> None:
        """Margin to the vault, fee to the fee vault."""
        market = self._market(step)
        accrue(market, step.now, self._parameters)
        is_long, size, margin = bool(step.number("is_long")), step.number("size"), step.number("margin")
        notional = worth_up(size, fill(market, market.price, size, is_long, self._parameters))
        times = leverage(notional, margin, self._parameters)
        position = Position(is_long, size, notional, margin, times, market.cum_funding)
        self.positions[step.at("position")] = position
        put_in(market, position)
        fee = up(notional, market.trading_fee_bps, BPS)
        market.fees_due += fee
        step.expect("source", "vault", margin)
        step.expect("source", "fee_vault", fee)

    def add_margin(self, step: Step) -> None:
        """More margin for a position."""
        market = self._market(step)
        accrue(market, step.now, self._parameters)
        position = self.positions[step.at("position")]
        add_weight(market, position, -1)
        position.margin += step.number("amount")
        position.leverage = leverage(position.notional, position.margin, self._parameters)
        add_weight(market, position, 1)
        market.margins += step.number("amount")
        step.expect("source", "vault", step.number("amount"))

    def close_position(self, step: Step) -> None:
        """The owner ends a position."""
        market = self._market(step)
        accrue(market, step.now, self._parameters)
        position = self.positions.pop(step.at("position"))
        closed = close(market, self.traders[step.at("trader")], position, self._parameters)
        step.expect("vault", "fee_vault", closed.fee)
        step.expect("vault", "destination", closed.principal)

    def execute_liquidation(self, step: Step) -> None:
        """A keeper ends a position in breach."""
        self._liquidate(step, step.now)

    def resolve_extreme(self, step: Step) -> None:
        """The pool's authority ends a position far in breach."""
        self._liquidate(step, step.number("now"))

    def _liquidate(self, step: Step, now: int) -> None:
        market = self._market(step)
        accrue(market, now, self._parameters)
        position = self.positions.pop(step.at("position"))
        keeper, deficit = liquidate(market, self.traders[step.at("trader")], position, self._parameters)
        if deficit is not None:
            where = Liquidation(step.at("market"), step.at("position"), step.transaction.signature, deficit)
            self.liquidations.append(where)
        step.expect("vault", "keeper_token", keeper)

    def cover_deficit(self, step: Step) -> None:
        """A claim's money has come; what it left uncovered falls on profits."""
        market = self._market(step)
        market.house += step.number("net")
        profit.socialise(market, step.number("uncovered"), step.number("profit"), self._parameters)

    def settle_fees(self, step: Step) -> None:
        """The premium manager takes its share of the fees due."""
        market = self._market(step)
        told = int.from_bytes(step.call.children[0].data[8:16], "little")
        self._problems.compare(f"fees due in {step.place}", market.fees_due, told)
        market.fees_due = 0

    def sweep_fees(self, step: Step) -> None:
        """What is left in the fee vault joins the house: all that it held."""
        amount = sum(one.amount for one in step.moved)
        self._market(step).house += amount
        step.expect("fee_vault", "vault", amount)

    def vest_profit(self, step: Step) -> None:
        """Profit vests without being paid."""
        market = self._market(step)
        profit.vest(market, self.traders[step.at("trader")], market.epoch_at(step.now))

    def withdraw_profit(self, step: Step) -> None:
        """Vested profit is paid."""
        market, trader = self._market(step), self.traders[step.at("trader")]
        profit.vest(market, trader, market.epoch_at(step.now))
        market.claimable -= trader.claimable
        step.expect("vault", "destination", trader.claimable)
        trader.claimable = 0

    def _market(self, step: Step) -> Market:
        return self.all[step.at("market")]
