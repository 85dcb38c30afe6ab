"""One run: a chain, the market player and keeper processes, and the check of what came out."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from offchain.data import MARCH_2020
from offchain.demo.candles import read_candles
from offchain.demo.cast import Cast, gather
from offchain.demo.recording import Recording, record
from offchain.demo.session import Session
from offchain.demo.setup import set_up
from offchain.demo.timeline import Timeline, publications
from offchain.demo.window import choose_window, cut
from offchain.settings.project import load_project
from scripts.benches.chain_process import chain_process
from scripts.benches.march.audit import Audit, audit
from scripts.benches.march.keepers import FUNDS, Keeper, Purse
from scripts.benches.march.player import PATIENCE_SECONDS, MarketPlayer
from scripts.benches.march.stage import DrivenStage

KEEPER_SETTINGS = {
    "PERCOSEC_KEEPER_CYCLE_MS": "50",
    # Ten days pass in minutes here: an hour's cap would be reached although no day's costs are high.
    "PERCOSEC_KEEPER_MAX_LAMPORTS_HOUR": "5000000000",
}
"""What differs from a keeper's defaults: time runs faster on a driven clock."""


@dataclass(frozen=True)
class Plan:
    """What is played."""

    begin: str | None = None
    """ISO times as for `percosec demo`; None for the whole ten days around the crash."""
    end: str | None = None
    keepers: tuple[str, ...] = ("stranger",)
    patience: float = PATIENCE_SECONDS


@dataclass(frozen=True)
class Earned:
    """What a keeper has earned and spent, by its balances on the chain."""

    name: str
    atoms: int
    lamports: int
    """Spent: fees, rent, priority fees."""
    kills: tuple[str, ...]
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


class Scene:
    """Everything that runs during a run."""

    def __init__(self, stage: DrivenStage, cast: Cast, player: MarketPlayer, keepers: tuple[Keeper, ...]) -> None:
        self.stage = stage
        self.cast = cast
        self.player = player
        self.keepers = keepers


Watch = Callable[[Scene], None]
"""Called again and again while the player waits for the keepers."""


def all_alive(scene: Scene) -> None:
    """A keeper that ends by itself ends the run; BenchError says why it did."""
    for keeper in scene.keepers:
        keeper.died()


def march(folder: Path, plan: Plan, watch: Watch = all_alive) -> Outcome:
    """Play `plan` with its keepers and audit the chain afterwards; logs, keys and ledgers go to `folder`."""
    began = time.monotonic()
    recording = _recording(plan)
    prices = list(publications(0, recording.stormy))
    with _scene(folder, recording, plan.keepers) as scene:
        mint = scene.cast.mint.key
        before = [keeper.purse(scene.stage, mint) for keeper in scene.keepers]
        for keeper in scene.keepers:
            if keeper.process is None:
                keeper.start()
        scene.player.play(prices, lambda: watch(scene), plan.patience)
        for keeper in scene.keepers:
            keeper.stop()
        found = audit(scene.stage.endpoints.http, [floor.desk for floor in scene.player.floors])
        earned = tuple(
            _earned(keeper, purse, keeper.purse(scene.stage, mint))
            for keeper, purse in zip(scene.keepers, before, strict=True)
        )
        waited = scene.player.waited
    return Outcome(found, earned, recording.epochs, len(prices), time.monotonic() - began, waited)


@contextmanager
def _scene(folder: Path, recording: Recording, names: tuple[str, ...]) -> Iterator[Scene]:
    with ExitStack() as stack:
        endpoints = stack.enter_context(chain_process("driven", recording.start - 900, folder))
        stage = DrivenStage(endpoints, recording.start)
        stack.callback(stage.close)
        cast = gather(recording.plans()[:1])
        session = Session(stage.chain)
        set_up(session, stage, cast)
        keepers = tuple(Keeper(name, folder, endpoints, KEEPER_SETTINGS) for name in names)
        stage.fund([keeper.key for keeper in keepers], FUNDS)
        timeline = Timeline(recording.start, stage.schedule)
        parameters = load_project().profile("development").parameters
        player = MarketPlayer(session, stage, cast, stage.node, timeline, parameters)
        for keeper in keepers:
            stack.callback(keeper.kill)
        yield Scene(stage, cast, player, keepers)


def _recording(plan: Plan) -> Recording:
    series = read_candles(MARCH_2020)
    return record(cut(series, choose_window(series, plan.begin, plan.end, everything=False)), Fraction(1))


def _earned(keeper: Keeper, before: Purse, after: Purse) -> Earned:
    return Earned(
        keeper.name,
        after.atoms - before.atoms,
        before.lamports - after.lamports,
        tuple(keeper.kills),
        keeper.database,
    )
