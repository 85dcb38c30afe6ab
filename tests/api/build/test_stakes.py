"""The creator's stake and the executor's fee, each compared with the chain."""

import pytest

from tests.attacks.moves import bankrupt
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

USDC = 1_000_000


def test_a_stake_goes_in_and_out(world: World, api: Builder) -> None:
    market, creator = world.market, world.creator
    body = {"creator": creator.key, "market": market.id}
    built = api.post("fund-stake", **body, amount=str(1_000 * USDC))
    api.sign_and_send(built, creator)
    assert built["summary"]["pays"] == str(1_000 * USDC) and market.pool().first_loss == 1_000 * USDC
    built = api.post("request-stake", **body, amount=str(400 * USDC))
    api.sign_and_send(built, creator)
    due = market.pool().stake_request_epoch + 96
    assert built["summary"]["dates"]["notice_ends"]["epoch"] == due
    code, detail = api.refused("execute-stake", **body)
    assert code == "E_NOTICE" and "2020-03-11" in detail
    built = api.post("cancel-stake", **body)
    api.sign_and_send(built, creator)
    assert market.pool().stake_request == 0
    assert api.refused("execute-stake", **body)[0] == api.refused("cancel-stake", **body)[0] == "E_REQUEST"
    api.sign_and_send(api.post("request-stake", **body, amount=str(400 * USDC)), creator)
    world.advance(epochs=96)
    world.crank_epoch(advance=False)
    before = world.balance(creator)
    built = api.post("execute-stake", **body)
    api.sign_and_send(built, creator)
    assert world.balance(creator) - before == 400 * USDC == int(built["summary"]["receives"]["amount"])


def test_stakes_are_the_creators(world: World, api: Builder, provider: User) -> None:
    body = {"creator": provider.key, "market": world.market.id}
    for route in ("execute-stake", "cancel-stake"):
        assert api.refused(route, **body)[0] == "E_AUTHORITY"
    for route in ("fund-stake", "request-stake"):
        assert api.refused(route, **body, amount="1000000")[0] == "E_AUTHORITY"
    creator = {"creator": world.creator.key, "market": world.market.id}
    assert api.refused("request-stake", **creator, amount="1000000")[0] == "E_AMOUNT"
    assert api.refused("fund-stake", **creator, amount=str(10**16))[0] == "E_BALANCE"


@pytest.fixture
def claimed(world: World) -> int:
    """A claim of the keeper's that was paid; its number."""
    world.market.cover("100000")
    loser, nonce = bankrupt(world, world.market, "6800")
    sequence = world.market.sequence
    world.market.claim(loser, nonce)
    return sequence


def test_an_executor_collects_the_fee(world: World, api: Builder, claimed: int) -> None:
    body = {"executor": world.keeper.key, "market": world.market.id, "sequence": claimed}
    record = world.market.record(claimed)
    before = world.balance(world.keeper)
    built = api.post("collect-claim-fee", **body)
    api.sign_and_send(built, world.keeper)
    assert world.balance(world.keeper) - before == record.executor_fee > 0
    assert built["summary"]["receives"]["amount"] == str(record.executor_fee)
    assert api.refused("collect-claim-fee", **body)[0] == "E_STATE"
    assert api.refused("collect-claim-fee", 404, **body | {"sequence": claimed + 1})[0] == "not_found"


def test_nobody_else_collects_it(world: World, api: Builder, claimed: int, provider: User) -> None:
    body = {"executor": provider.key, "market": world.market.id, "sequence": claimed}
    assert api.refused("collect-claim-fee", **body)[0] == "E_AUTHORITY"
