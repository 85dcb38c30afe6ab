"""The app on a market that stands still until the test moves its clock: `percosec serve --speed 0`."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, MarketAddresses
from offchain.chain.generated.risk_engine.accounts import RiskScore
from offchain.chain.tokens import associated
from offchain.settings.project import load_project
from offchain.settings.serve import KEEPER, ROLES
from offchain.stage.progress import STANDING
from tests.support.browser import ask
from tests.support.raw.node import Calendar, account, now
from tests.support.served import Served
from tests.support.theatre import market_id

T = TypeVar("T")
PROJECT = load_project().cluster("localnet")
WITHOUT_KEEPER = ",".join(role for role in ROLES if role != KEEPER)
"""Roles of an app in which nobody does what is due but the test."""
WAIT_SECONDS = 180.0
"""For what app, price bot and keeper do by themselves."""
PAUSE_SECONDS = 0.4
FLOW_SECONDS = 4
"""Chain time that passes in each pause of `flow_until`: a price is never near its limit of a minute."""


@dataclass(frozen=True)
class Standing:
    """A running app, its chain asked directly, and its clock."""

    served: Served

    @property
    def rpc(self) -> str:
        """Where the chain is."""
        return str(self.served.document["rpc"])

    @cached_property
    def calendar(self) -> Calendar:
        """When epochs begin, by the chain's own configuration."""
        return Calendar(self.rpc)

    def now(self) -> int:
        """The chain's time, unix seconds."""
        return now(self.rpc)

    def jump(self, epoch: int) -> None:
        """To the beginning of an epoch, in one block: what a wallet has signed still lands."""
        ask(self.rpc, "percosec_warpTo", self.calendar.start(epoch), 1)

    def flow_until(self, condition: Callable[[], T], what: str, seconds: float = WAIT_SECONDS) -> T:
        """What `condition` says as soon as it is true, while time passes, but not beyond the epoch."""
        last = self.calendar.start(self.calendar.epoch() + 1) - 1
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if found := condition():
                return found
            if self.now() + FLOW_SECONDS <= last:
                ask(self.rpc, "percosec_advance", FLOW_SECONDS, 1)
            time.sleep(PAUSE_SECONDS)
        raise AssertionError(f"{what}: not within {seconds:.0f} s; log: {self.served.tail()}")

    def is_scored(self) -> bool:
        """Whether every market has the score of this epoch."""
        epoch = self.calendar.epoch()
        return all(account(self.rpc, RiskScore, at(each.name).score).epoch == epoch for each in PROJECT.markets)

    def is_at_rest(self) -> bool:
        """Whether this epoch is scored and everybody has acted in it: then the test is alone with the market."""
        return self.is_scored() and self.has_acted()

    def has_acted(self) -> bool:
        """Whether the market's people have done all that they do in this epoch; without a score they wait a while."""
        told = "SELECT status FROM job_reports WHERE name = 'market'"
        path = Path(self.served.document["data"]) / "percosec.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            found = [json.loads(status) for (status,) in database.execute(told)]
        return [(each["phase"], each["epoch"]) for each in found] == [(STANDING, self.calendar.epoch())]

    def usdc(self, owner: str) -> int:
        """Atoms in a wallet's own token account."""
        address = associated(Pubkey.from_string(owner), Pubkey.from_string(PROJECT.usdc_mint))
        return int(ask(self.rpc, "getTokenAccountBalance", str(address))["value"]["amount"])

    def lamports(self, owner: str) -> int:
        """SOL of a wallet."""
        return int(ask(self.rpc, "getBalance", owner)["value"])


def at(market: str) -> MarketAddresses:
    """Where the accounts of a market of seahorse.toml are, by its name."""
    return LOCALNET.market(market_id(market))
