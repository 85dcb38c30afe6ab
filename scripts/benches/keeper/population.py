"""A chain with all markets registered, insured, scored and traded on, made once and kept in a cache folder."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import recipes, tokens, transactions
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.instructions import demo_market, insurance_pool, premium_manager, risk_engine
from offchain.chain.keys import development_admin
from offchain.demo.session import Session
from offchain.demo.usdc import create_mint
from offchain.demo.wallets import Wallet
from offchain.localnet.chain import LocalChain
from offchain.localnet.project_programs import admin, project_programs
from offchain.settings.paths import ROOT
from scripts.benches.keeper import workload as workload_module
from scripts.benches.keeper.workload import (
    CALM_MARGIN,
    CRASH_PRICE,
    DEPOSIT,
    DEPTH,
    FIRST_PRICE,
    RISKY_MARGIN,
    SIZE,
    USDC,
    Workload,
    feed_id,
    person,
)

CACHE = ROOT / ".cache" / "bench"
LAMPORTS = 10**15
U64_MAX = 2**64 - 1
PUBLISHER_SOURCE = 0
Progress = Callable[[int], None]


def prepared(workload: Workload, start: int, progress: Progress) -> Path:
    """The state file of the workload's chain, whose clock stands at unix time `start`; made unless it is there."""
    path = CACHE / f"{workload.markets}-{workload.breaching}-{workload.epoch_seconds}-{start}-{_made_from()}.sqlite"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        populate(workload, start, progress).save(partial)
        partial.rename(path)
    return path


def _made_from() -> str:
    """Changes with the programs and with what is done here."""
    digest = sha256()
    for path in (*sorted(project_programs().values()), Path(__file__), Path(workload_module.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def populate(workload: Workload, start: int, progress: Progress) -> LocalChain:
    """The chain itself, at unix time `start`, the beginning of an epoch; `progress` hears of each market."""
    local = LocalChain(clock="driven", start=start, programs=project_programs(), authority=admin())
    builder = _Builder(local, workload, start)
    builder.configure()
    for market in range(workload.markets):
        builder.market(market)
        progress(market + 1)
    return local


class _Builder:
    """Sends everything through the real programs; the clock stands still meanwhile."""

    def __init__(self, local: LocalChain, workload: Workload, start: int) -> None:
        self._local = local
        self._chain = EmbeddedChain(local)
        self._workload = workload
        self._now = start
        self._schedule = workload.schedule(start)
        self._mint = person("mint")
        self._design = recipes.default_design(DEPTH)

    def configure(self) -> None:
        """Mint, people, programs, and a first price on every feed."""
        owner, mint, publisher = development_admin(), self._mint.pubkey(), person("publisher")
        people = [person(name) for name in ("creator", "provider", "trader", "publisher")]
        for key in (owner, *people):
            self._local.airdrop(key.pubkey(), LAMPORTS)
        create_mint(Session(self._chain), _wallet("admin", owner, mint), _wallet("mint", self._mint, mint))
        for key in people:
            self._send([owner], tokens.create_associated(owner.pubkey(), key.pubkey(), mint))
        purse = self._workload.markets * (DEPOSIT + CALM_MARGIN + 1_000 * USDC)
        for name in ("provider", "trader"):
            self._send([owner], tokens.mint_to(mint, self._token(name), owner.pubkey(), purse))
        plan = recipes.Deployment(
            owner.pubkey(),
            owner.pubkey(),
            person("treasury").pubkey(),
            mint,
            self._schedule.genesis,
            self._schedule.epoch_seconds,
        )
        for group in recipes.initialise(plan):
            self._send([owner], *group)
        for number in range(self._workload.feeds):
            feed = feed_id(number)
            self._send([owner], risk_engine.open_feed(owner.pubkey(), feed, PUBLISHER_SOURCE, publisher.pubkey()))
            self._send([publisher], push(LOCALNET.feed(feed), FIRST_PRICE, self._now))

    def market(self, number: int) -> None:
        """One market from nothing to a traded one whose duties of this epoch are done."""
        creator, provider, trader = person("creator"), person("provider"), person("trader")
        me, feed = creator.pubkey(), self._workload.feed_of(number)
        market_id = self._workload.market_id(number)
        for group in recipes.open_market(me, number, self._mint.pubkey(), feed, self._design):
            self._send([creator], *group)
        epoch = self._schedule.epoch(self._now)
        self._send(
            [creator, provider],
            risk_engine.sync_market(me, market_id, feed),
            insurance_pool.deposit(provider.pubkey(), market_id, self._token("provider"), DEPOSIT, 1, epoch),
        )
        self._send([creator], *recipes.score_epoch(me, market_id, feed))
        margin = RISKY_MARGIN if self._workload.breaches(number) else CALM_MARGIN
        self._send(
            [trader],
            demo_market.open_trader(trader.pubkey(), market_id),
            demo_market.open_position(
                trader.pubkey(), market_id, 0, self._token("trader"), True, SIZE, margin, U64_MAX
            ),
            demo_market.settle_fees(trader.pubkey(), market_id),
            premium_manager.route_premiums(trader.pubkey(), market_id, self._token("trader")),
        )

    def _token(self, name: str) -> Pubkey:
        return tokens.associated(person(name).pubkey(), self._mint.pubkey())

    def _send(self, signers: Sequence[Keypair], *instructions: Instruction) -> None:
        transactions.send(self._chain, instructions, signers)


def _wallet(name: str, key: Keypair, mint: Pubkey) -> Wallet:
    return Wallet(name, key, tokens.associated(key.pubkey(), mint))


def push(feed: Pubkey, price: int, now: int) -> Instruction:
    """Publish a price."""
    return risk_engine.push_price(person("publisher").pubkey(), feed, price, 0, now)


def crash(workload: Workload, now: int) -> Instruction:
    """The fall of the first feed."""
    return push(workload.feed_of(0), CRASH_PRICE, now)
