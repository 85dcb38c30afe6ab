"""A market with everything that can happen in it, standing still: claims of each kind, and people in each position."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from offchain.chain.units import atoms
from offchain.localnet.server import serving
from tests.support.figures.frozen import ROLES, Frozen
from tests.support.figures.shown import short
from tests.support.keys import User
from tests.support.lives import play_on
from tests.support.served import serving_process
from tests.verify.story import NOTICE, Story


@dataclass
class Told(Frozen):
    """The app over the end of the story."""

    market: str
    people: dict[str, User]
    """By what they are at: see `gather`."""

    def title(self, market_id: object) -> str:
        """Its address: it is not the one of seahorse.toml, and has no name."""
        return short(market_id)


@contextmanager
def serving_story(home: Path) -> Iterator[Told]:
    """The app, once everything is indexed and counted, until the block ends."""
    story = Story()
    story.play()
    people = gather(story)
    world = story.world
    with (
        serving(world.local) as chain,
        serving_process(home, "--rpc", chain.http, "--roles", ROLES, "--data", str(home / "data")) as served,
    ):
        newest = max(each.slot for each in world.local.transactions() if world.at.risk_engine in each.keys)
        served.wait("/v1/status", lambda body: body["index"]["newest_slot"] >= newest)
        served.wait(f"/v1/pools/{story.market.id}", lambda body: body["figures"] is not None)
        yield Told(served, chain.http, str(story.market.id), people)


def gather(story: Story) -> dict[str, User]:
    """Providers in every state of a position, all at once, in a market where people trade."""
    world, market = story.world, story.market
    _, patient, _, _ = play_on(story)
    half = world.user(usdc="5000")
    market.deposit(half, "3000")
    market.deposit(story.bob, "1234.56789")
    world.crank_epochs(2)
    entry = market.entries[half.key]
    market.request(half, entry, atoms("1000"))
    world.crank_epochs(NOTICE)
    market.withdraw(half, entry)
    market.request(half, entry, atoms("800"))
    world.crank_epochs(NOTICE)
    new, waiting = world.user(usdc="5000"), world.user(usdc="5000")
    market.deposit(new, "700.123456")
    market.deposit(waiting, "45")
    world.crank_epoch()
    market.request(waiting, market.entries[waiting.key])
    world.advance(epochs=1)
    world.push_price()
    market.sync()
    return {
        "half out": half,
        "payable": patient,
        "wiped": story.bob,
        "gone": story.carol,
        "new": new,
        "waiting": waiting,
        "nobody": world.user(usdc="0.5"),
    }
