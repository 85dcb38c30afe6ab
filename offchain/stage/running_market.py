"""The running market of the embedded default.

    chain = LocalChain(clock="driven", start=stage.start, programs=project_programs(), authority=admin(), state=...)
    with serving(chain) as endpoints:
        market = RunningMarket(endpoints.http, settings.stage)
        await market.prepare()          # then keeper, prices and indexer may start
        await market.run(stop)          # beside them, until `stop` is set

The stage moves the chain's clock. A chain of another clock is refused. Nothing of its own is kept: a stage that is
started again looks at the chain and goes on.
"""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import addresses
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.keys import dev_key, development_admin
from offchain.chain.tokens import associated
from offchain.demo.session import Session
from offchain.demo.wallets import Wallet, keypair
from offchain.settings.project import Project, load_project
from offchain.settings.safety import LOCALNET
from offchain.settings.stage import StageSettings
from offchain.stage.bank import Bank
from offchain.stage.crowd import Crowd
from offchain.stage.deployment import deploy
from offchain.stage.driven_clock import DrivenClock
from offchain.stage.floor import Floor
from offchain.stage.plans import plan_of
from offchain.stage.player import Player
from offchain.stage.progress import PREPARING, Progress
from offchain.stage.sight import Sight
from offchain.verify.evidence.node import Node

T = TypeVar("T")


class RunningMarket:
    """Deploys, funds and plays the markets of seahorse.toml on one local chain, over plain RPC as any client."""

    def __init__(self, rpc_url: str, settings: StageSettings, project: Project | None = None) -> None:
        """`rpc_url` is the chain's JSON-RPC; nothing is connected yet."""
        self._url = rpc_url
        self._settings = settings
        self._project = project or load_project()
        self._progress = Progress()

    async def prepare(self) -> None:
        """Deploy what is missing and give SOL to everyone; the clock stands still. May be repeated.

        StageError where the chain's clock can't be driven; PercosecError where the node can't be reached, or where
        another deployment stands on the chain.
        """
        self._progress.phase = PREPARING
        await asyncio.to_thread(self._prepare)

    async def run(self, stop: asyncio.Event) -> None:
        """Play until `stop` is set. The clock waits for the first price, then for the keepers in each epoch.

        Errors of the node are counted and waited out; other users' actions never end it.
        """
        halt = Event()
        playing = asyncio.create_task(asyncio.to_thread(self._play, halt))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((playing, stopping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            halt.set()
            stopping.cancel()
            await playing

    def status(self) -> Mapping[str, object]:
        """How it goes: integers and texts only; made from memory, at any time.

        `phase` (preparing, waiting for a price, racing, playing, stopped), `chain_time` in unix seconds, `epoch`,
        `speed` (market seconds a real second; 0 while racing), `waiting_for` (what the clock waits for), `sent`,
        `late`, `refused`, `refusals` by code and `node_failures` (counts), `last_error`.
        """
        return self._progress.document()

    def _prepare(self) -> None:
        with self._connected() as (node, chain):
            DrivenClock(node).check()
            deploy(self._url, chain, self._project)
            crowds = self._crowds(node, chain)
            roles = [keeper_key().pubkey(), dev_key("publisher").pubkey(), dev_key("guardian").pubkey()]
            everyone = dict.fromkeys(each.key for crowd in crowds for each in crowd.wallets)
            crowds[0].floor.bank.give_sol([*roles, *everyone])

    def _play(self, halt: Event) -> None:
        with self._connected() as (node, chain):
            crowds = self._crowds(node, chain)
            floor = crowds[0].floor
            player = Player(
                self._settings, DrivenClock(node), floor.sight, crowds, floor.parameters, self._progress, halt
            )
            player.play()

    @contextmanager
    def _connected(self) -> Iterator[tuple[Node, RpcChain]]:
        node, chain = Node(self._url), RpcChain.connect(self._url)
        try:
            yield node, chain
        finally:
            chain.close()
            node.close()

    def _crowds(self, node: Node, chain: RpcChain) -> list[Crowd]:
        """The people of every market, as the chain shows them now."""
        cluster, at = self._project.cluster(LOCALNET), addresses(LOCALNET)
        mint = Pubkey.from_string(cluster.usdc_mint)
        creator, treasury = _wallet("admin", development_admin(), mint), _wallet("treasury", dev_key("treasury"), mint)
        session, sight = Session(chain), Sight(chain, at)
        bank = Bank(session, node, creator, mint)
        sight.read_all()
        now = DrivenClock(node).now()
        parameters = self._project.profile("development").parameters
        crowds = []
        for place, market in enumerate(cluster.markets):
            market_id = at.market_id(creator.key, market.index)
            begin = sight.schedule.epoch(max(self._settings.start, sight.schedule.genesis))
            floor = Floor(market.name, market_id, plan_of(place), creator, sight, session, bank, at, parameters, begin)
            floor.nonces.update(sight.last_nonces(market_id, sight.schedule.epoch(now)))
            crowds.append(Crowd(floor, treasury, self._progress))
        return crowds


def keeper_key() -> Keypair:
    """A worthless key that `prepare` gives SOL, for the keeper of the embedded default."""
    return keypair("stage keeper")


def _wallet(name: str, key: Keypair, mint: Pubkey) -> Wallet:
    return Wallet(name, key, associated(key.pubkey(), mint))
