"""`percosec crank`: one round of a market's duties by hand."""

from solders.pubkey import Pubkey

from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


def trade(world: World, market: Market) -> User:
    """A covered market with a trader who pays fees, an epoch later."""
    market.cover("150000")
    trader = market.trader("60000")
    market.open(trader, is_long=True, base="20", margin="10000")
    world.advance(epochs=1)
    world.push_price()
    return trader


def test_one_round_does_what_is_due_and_what_that_makes_due(world: World, market: Market, terminal: Terminal) -> None:
    trade(world, market)
    stranger = world.user(name="crank stranger")
    document = terminal.json("crank", market.id, user=stranger)
    assert [(job["duty"], job["outcome"]) for job in document["jobs"]] == [("score", "done"), ("premiums", "done")]
    assert market.score().epoch == world.epoch
    assert document["jobs"][1]["usdc"] == world.balance(stranger) == 100_000
    assert document["net"] == 100_000 - sum(job["lamports"] for job in document["jobs"]) * 150 // 1_000
    assert terminal.json("crank", market.id, user=stranger)["jobs"] == []


def test_people_read_a_table(world: World, market: Market, terminal: Terminal) -> None:
    trade(world, market)
    shown = terminal.text("crank", market.id, user=world.keeper)
    assert "premiums" in shown and "done" in shown and "0.100000" in shown
    assert "net 0.098500 USDC" in shown
    assert "nothing is due" in terminal.text("crank", market.id, user=world.keeper)


def test_a_crash_is_cleared_up_in_one_round(world: World, market: Market, terminal: Terminal) -> None:
    trade(world, market)
    for _ in range(2):
        world.advance(seconds=30)
        world.push_price("6400")
    jobs = terminal.json("crank", market.id, user=world.keeper)["jobs"]
    assert jobs[0]["duty"] == "resolution" and jobs[0]["outcome"] == "done"
    assert market.perp().open_positions == 0
    assert market.registry().claims == 1


def test_a_dry_run_changes_nothing(world: World, market: Market, terminal: Terminal) -> None:
    trade(world, market)
    before = world.local.transaction_count
    document = terminal.json("crank", market.id, "--dry-run", user=world.keeper)
    assert [job["outcome"] for job in document["jobs"]] == ["dry"]
    assert world.local.transaction_count == before


def test_one_duty_alone(world: World, market: Market, terminal: Terminal) -> None:
    trade(world, market)
    jobs = terminal.json("crank", market.id, "--duty", "premiums", user=world.keeper)["jobs"]
    assert jobs == []
    jobs = terminal.json("crank", market.id, "--duty", "score", user=world.keeper)["jobs"]
    assert [job["duty"] for job in jobs] == ["score"]


def test_bad_input_is_one_line(world: World, market: Market, terminal: Terminal) -> None:
    assert "there is no market" in terminal.refused("crank", "NO-SUCH", user=world.keeper)
    assert "is no registered market" in terminal.refused("crank", Pubkey.new_unique(), user=world.keeper)
    assert "no duty 'scores'" in terminal.refused("crank", market.id, "--duty", "scores", user=world.keeper)
    assert "no key to sign with" in terminal.refused("crank", market.id)
