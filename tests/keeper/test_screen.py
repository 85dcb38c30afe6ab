"""The live view."""

from collections.abc import AsyncIterator
from io import StringIO

import pytest
from rich.console import Console

from offchain.keeper import screen
from tests.support.keeping import Place, Run, keeping
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
async def run(place: Place, stranger: User) -> AsyncIterator[Run]:
    """A keeper at work."""
    async with keeping(place, stranger) as found:
        yield found


def drawn(run: Run) -> str:
    """The picture as text."""
    console = Console(file=StringIO(), width=160)
    console.print(screen.picture(run.keeper))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


async def test_it_shows_wallet_duties_and_the_last_steps(world: World, market: Market, run: Run) -> None:
    world.advance(epochs=1)
    world.push_price()
    await run.until(lambda: bool(run.steps("recorded")))
    await run.quiet()
    text = drawn(run)
    assert str(run.keeper.wallet.key) in text
    assert "score" in text and "-0.000750" in text
    assert "recorded" in text


async def test_a_halt_and_an_error_stand_out(run: Run) -> None:
    run.keeper.executor.halted = "9 lamports in an hour exceed max_lamports_hour = 1"
    run.keeper.tally.last_error = "the node fails"
    text = drawn(run)
    assert "halted: 9 lamports" in text and "percosec keeper resume" in text
    assert "last error: the node fails" in text
