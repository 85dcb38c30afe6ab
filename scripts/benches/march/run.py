"""One run: a chain, the market player and keeper processes, and the check of what came out."""

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from offchain.data import MARCH_2020
from offchain.demo.candles import read_candles
from offchain.demo.cast import gather
from offchain.demo.recording import Recording, record
from offchain.demo.session import Session
from offchain.demo.setup import set_up
from offchain.demo.timeline import Timeline, publications
from offchain.demo.window import choose_window, cut
from offchain.settings.project import load_project
from scripts.benches.march.audit import Audit, audit
from scripts.benches.march.fleet import Fleet, Kills
from scripts.benches.march.keepers import FUNDS, Keeper, Purse
from scripts.benches.march.player import PATIENCE_SECONDS, MarketPlayer
from scripts.benches.march.stages import VALIDATOR_EPOCH_SECONDS, Backend, open_stage

KEEPER_SETTINGS = {
    "PERCOSEC_KEEPER_CYCLE_MS": "50",
    # Ten days pass in minutes here: an hour's cap would be reached although no day's costs are high.
    "PERCOSEC_KEEPER_MAX_LAMPORTS_HOUR": "5000000000",
}
"""What differs from a keeper's defaults: time runs faster on these chains."""


@dataclass(frozen=True)
class Plan:
    """What is played."""

    begin: str | None = None
    """ISO times as for `percosec demo`; None for the whole ten days around the crash."""
    end: str | None = None
    keepers: tuple[str, ...] = ("stranger",)
    kills: Kills | None = None
    """How the first keeper is killed; None leaves it alone."""
    backend: Backend = "embedded"
    epoch_seconds: int = VALIDATOR_EPOCH_SECONDS
    """Length of an epoch on the validator."""
    settings: dict[str, str] = field(default_factory=dict)
    """Environment variables for the keepers, beyond KEEPER_SETTINGS."""
    patience: float = PATIENCE_SECONDS


@dataclass(frozen=True)
class Earned:
    """What a keeper has earned and spent, by its balances on the chain."""

    name: str
    key: str
    atoms: int
    lamports: int
    """Spent: fees, rent, priority fees."""
    kills: tuple[str, ...]
    """The log points at which it was killed, in order."""
    log: Path
    database: str

    def profit(self, sol_price: int) -> int:
        """USDC atoms earned less the lamports spent at `sol_price` micro-USD per SOL, rounded down."""
        return self.atoms - -(-self.lamports * sol_price // 10**9)


@dataclass(frozen=True)
class Outcome:
    """A run and what it has shown."""

    audit: Audit
    keepers: tuple[Earned, ...]
    epochs: int
    prices: int
    seconds: float
    waited: float
    """Seconds of these in which the player waited for keepers."""
    syncs: int
    """Synchronisations that traders brought along."""
    shortened: str | None
    """What is shorter than in the recording, in a sentence."""

    def faults(self) -> list[str]:
        """What must not be, one sentence each."""
        return self.audit.faults()


def march(folder: Path, plan: Plan) -> Outcome:
    """Play `plan` with its keepers and audit the chain afterwards; logs, keys and ledgers go to `folder`.

    KeepersIdleError names what the keepers have not done in time, BenchError one that ended by itself.
    """
    began = time.monotonic()
    recording = _recording(plan)
    prices = list(publications(0, recording.stormy))
    with open_stage(plan.backend, recording.start, folder, plan.epoch_seconds) as stage, ExitStack() as ends:
        cast = gather(recording.plans()[:1])
        mint = cast.mint.key
        session = Session(stage.chain)
        set_up(session, stage, cast)
        keepers = [Keeper(name, folder, stage.endpoints, KEEPER_SETTINGS | plan.settings) for name in plan.keepers]
        if keepers:
            stage.fund([keeper.key for keeper in keepers], FUNDS)
        before = [keeper.purse(stage, mint) for keeper in keepers]
        fleet = Fleet(keepers, plan.kills)
        ends.callback(fleet.kill)
        fleet.start()
        parameters = load_project().profile("development").parameters
        timeline = Timeline(recording.start, stage.schedule)
        player = MarketPlayer(session, stage, cast, stage.node, timeline, parameters)
        player.play(prices, fleet.watch, plan.patience)
        fleet.stop()
        found = audit(stage.endpoints.http, [floor.desk for floor in player.floors])
        earned = tuple(
            _earned(keeper, purse, keeper.purse(stage, mint)) for keeper, purse in zip(keepers, before, strict=True)
        )
        return Outcome(
            audit=found,
            keepers=earned,
            epochs=recording.epochs,
            prices=len(prices),
            seconds=time.monotonic() - began,
            waited=player.waited,
            syncs=sum(floor.syncs for floor in player.floors),
            shortened=stage.shortened,
        )


def _recording(plan: Plan) -> Recording:
    series = read_candles(MARCH_2020)
    return record(cut(series, choose_window(series, plan.begin, plan.end, everything=False)), Fraction(1))


def _earned(keeper: Keeper, before: Purse, after: Purse) -> Earned:
    return Earned(
        keeper.name,
        str(keeper.key),
        after.atoms - before.atoms,
        before.lamports - after.lamports,
        tuple(keeper.kills),
        keeper.log,
        keeper.database,
    )
