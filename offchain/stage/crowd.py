"""Everyone in one market, acting in turn once an epoch, and never more than so much."""

from typing import Protocol

from offchain.chain.errors import ProgramError
from offchain.demo.wallets import Wallet, wallet
from offchain.stage.creator import Creator
from offchain.stage.floor import Action, Floor
from offchain.stage.progress import Progress
from offchain.stage.provider import Provider
from offchain.stage.trader import Trader

MOST_ACTIONS = 8
"""Actions in one market and epoch: after an interruption people don't all come at once."""


class Person(Protocol):
    """Somebody who may have something to do."""

    def due(self) -> list[Action]:
        """What is to be done now."""


class Crowd:
    """The people of one market."""

    def __init__(self, floor: Floor, treasury: Wallet, progress: Progress) -> None:
        """`treasury` collects the protocol's fees."""
        mint, name = floor.bank.mint, floor.name
        plan = floor.plan
        self.floor = floor
        self._progress = progress
        providers = [(each, wallet(f"stage {name} provider {each.name}", mint)) for each in plan.providers]
        traders = [(each, wallet(f"stage {name} trader {each.name}", mint)) for each in plan.traders]
        self.wallets = [floor.creator, treasury, *(me for _, me in (*providers, *traders))]
        """Everyone who sends transactions."""
        self._people: list[Person] = [
            Creator(floor, floor.creator, treasury),
            *(Provider(floor, each, me) for each, me in providers),
            *(Trader(floor, each, me, place) for place, (each, me) in enumerate(traders)),
        ]

    def act(self) -> None:
        """Once an epoch. A refusal is that person's own affair; RpcError ends it for this epoch."""
        left = MOST_ACTIONS
        turn = self.floor.epoch % len(self._people)
        for person in (*self._people[turn:], *self._people[:turn]):
            for action in person.due()[:left]:
                left -= 1
                try:
                    action()
                except ProgramError as error:
                    self._progress.refusals[error.code] += 1
                    self._progress.last_error = str(error)
                    self.floor.renew()
            if left <= 0:
                return
