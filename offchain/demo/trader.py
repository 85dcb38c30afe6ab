"""A trader: opens its position, closes it in time, takes its profit when it has vested, and opens again."""

from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import ProgramError
from offchain.chain.events.generated.demo_market import PositionClosed, PositionLiquidated, PositionOpened, ProfitVested
from offchain.chain.generated.demo_market.accounts import PerpPosition
from offchain.chain.instructions import demo_market
from offchain.chain.units import U64_MAX, format_leverage, format_price
from offchain.demo.desk import Desk, OpenPosition
from offchain.demo.order import Order, plan_order
from offchain.demo.scenario import REOPEN_AFTER, TraderPlan
from offchain.demo.wallets import Wallet
from offchain.demo.words import usdc
from offchain.settings.parameters import Parameters


class Trader:
    """Follows its plan; what the market refuses it tries again in the next epoch."""

    def __init__(self, desk: Desk, plan: TraderPlan, me: Wallet, parameters: Parameters) -> None:
        self._desk = desk
        self._plan = plan
        self._me = me
        self._parameters = parameters
        self._size = desk.plan.base_size(plan)
        self._purse = desk.balance(me)
        self._nonce = 0
        self._open_since: int | None = None
        self._next_opening = plan.first_epoch
        self._collect_at: int | None = None

    def act(self) -> None:
        """What is due in this epoch."""
        desk, plan = self._desk, self._plan
        if self._collect_at is not None and desk.played >= self._collect_at:
            self._collect()
        if self._open_since is None:
            if desk.played >= self._next_opening:
                self._open()
        elif plan.close_after is not None and desk.played >= self._open_since + plan.close_after:
            self._close()

    def liquidated(self, event: PositionLiquidated) -> None:
        """Hear of the liquidation of one's position."""
        self._end()
        if event.to_trader:
            self._collect_at = self._desk.played + 1

    @property
    def key(self) -> object:
        """The owner of its positions."""
        return self._me.key

    def _open(self) -> None:
        desk, me = self._desk, self._me
        order = plan_order(desk.market, self._plan.is_long, self._size, self._plan.leverage, self._parameters)
        if order is None or order.cost > self._purse:
            return
        answer = desk.session.attempt(
            me,
            demo_market.open_position(
                me.key, desk.market_id, self._nonce, me.token, self._plan.is_long, self._size, order.margin, order.price
            ),
        )
        if isinstance(answer, ProgramError):
            desk.tell(f"{self._plan.name} is refused: {answer.code}", "quiet")
            return
        self._purse -= order.cost
        self._opened(order, [event for event in answer.events if isinstance(event, PositionOpened)])

    def _opened(self, order: Order, events: list[PositionOpened]) -> None:
        desk, me = self._desk, self._me
        address = desk.at.perp_position(me.key, self._nonce)
        account = desk.read(PerpPosition, address, LOCALNET.demo_market)
        desk.open[address] = OpenPosition(me, self._plan.name, account)
        self._open_since = desk.played
        for event in events:
            desk.records.openings.append((self._plan.name, event))
            desk.tell(
                f"{self._plan.name} opens {usdc(event.notional)} at {format_price(event.entry_price)} USD, "
                f"{format_leverage(event.leverage)}",
                "quiet",
            )
        desk.refresh()

    def _close(self) -> None:
        desk, me = self._desk, self._me
        limit = 0 if self._plan.is_long else U64_MAX
        receipt = desk.session.send(
            me, demo_market.close_position(me.key, desk.market_id, self._nonce, me.token, limit)
        )
        del desk.open[desk.at.perp_position(me.key, self._nonce)]
        self._end()
        for event in receipt.events:
            if isinstance(event, PositionClosed):
                self._purse += event.principal
                if event.profit:
                    self._collect_at = desk.played + self._parameters.vest_epochs
                desk.tell(
                    f"{self._plan.name} closes at {format_price(event.exit_price)} USD, "
                    f"gets {usdc(event.principal)}, profit of {usdc(event.profit)} vests",
                    "good" if event.profit else "plain",
                )
        desk.refresh()

    def _collect(self) -> None:
        desk, me = self._desk, self._me
        self._collect_at = None
        answer = desk.session.attempt(me, demo_market.withdraw_profit(me.key, desk.market_id, me.token))
        if isinstance(answer, ProgramError):
            if answer.code != "E_AMOUNT":
                raise answer
            return
        for event in answer.events:
            if isinstance(event, ProfitVested) and event.withdrawn:
                self._purse += event.withdrawn
                desk.tell(f"{self._plan.name} withdraws {usdc(event.withdrawn)}", "quiet")

    def _end(self) -> None:
        self._open_since = None
        self._nonce += 1
        self._next_opening = self._desk.played + REOPEN_AFTER
