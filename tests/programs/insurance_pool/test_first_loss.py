"""fund_first_loss, request_stake, execute_stake, cancel_stake: the creator's money in front of everybody else's."""

import pytest

from tests.model import parameters as P
from tests.model.pool import stake
from tests.programs.bench.cover import NOTICE, Cover
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, now, only

CEILING = 20_000
"""At most a token transfer, pool and config, one event."""


@pytest.fixture
def staked(cover: Cover) -> Cover:
    """A stake of 50 USDC."""
    cover.stake(50 * USDC)
    return cover


def test_fund(cover: Cover) -> None:
    source = cover.tokens(cover.creator, 60 * USDC)
    expected = stake.fund(now(cover), 50 * USDC)
    event = only(cover.pool("fund_first_loss", {"amount": 50 * USDC}, source=source), "StakeFunded")
    assert cover.units <= CEILING
    assert now(cover) == expected
    assert cover.balance(source) == 10 * USDC
    assert (event.market_id, event.actor, event.amount) == (cover.market, cover.creator, 50 * USDC)
    assert (event.first_loss_before, event.first_loss_after) == (0, 50 * USDC)


def test_fund_refusals(cover: Cover) -> None:
    source = cover.tokens(cover.creator, 60 * USDC)
    with cover.refused("E_AMOUNT", cover.at.pool):
        cover.pool("fund_first_loss", {"amount": 0}, source=source)
    with cover.refused("E_VAULT", cover.at.pool, source):
        cover.pool("fund_first_loss", {"amount": 1}, source=source, vault=cover.tokens(cover.at.pool))
    stranger = cover.provider()
    with cover.refused("E_AUTHORITY", cover.at.pool, stranger.tokens):
        cover.pool("fund_first_loss", {"amount": 1}, source=stranger.tokens, creator=stranger.key)


def test_request(staked: Cover) -> None:
    expected = stake.request(now(staked), 20 * USDC, staked.epoch)
    event = only(staked.pool("request_stake", {"amount": 20 * USDC}), "StakeRequested")
    assert staked.units <= CEILING
    assert now(staked) == expected
    check_moment(staked, event, staked.creator)
    assert event.amount == 20 * USDC


def test_request_refusals(staked: Cover) -> None:
    for amount in (0, 50 * USDC + 1):
        with staked.refused("E_AMOUNT", staked.at.pool):
            staked.pool("request_stake", {"amount": amount})
    with staked.refused("E_AUTHORITY", staked.at.pool):
        staked.pool("request_stake", {"amount": 1}, creator=staked.wallet())
    staked.pool("request_stake", {"amount": 50 * USDC})
    with staked.refused("E_REQUEST", staked.at.pool):
        staked.pool("request_stake", {"amount": 1})


def test_cancel(staked: Cover) -> None:
    staked.pool("request_stake", {"amount": 20 * USDC})
    expected = stake.cancel(now(staked))
    event = only(staked.pool("cancel_stake"), "StakeCancelled")
    assert staked.units <= CEILING
    assert now(staked) == expected
    check_moment(staked, event, staked.creator)
    assert event.amount == 20 * USDC


def test_cancel_refusals(staked: Cover) -> None:
    with staked.refused("E_REQUEST", staked.at.pool):
        staked.pool("cancel_stake")
    with staked.refused("E_AUTHORITY", staked.at.pool):
        staked.pool("cancel_stake", creator=staked.wallet())


def ready(cover: Cover, amount: int = 20 * USDC) -> None:
    cover.pool("request_stake", {"amount": amount})
    cover.later(NOTICE)
    cover.set_risk()


def test_execute(staked: Cover) -> None:
    ready(staked)
    to = staked.tokens(staked.creator)
    expected, paid = stake.execute(now(staked), staked.epoch)
    event = only(staked.pool("execute_stake", destination=to), "StakePaid")
    assert staked.units <= CEILING
    assert now(staked) == expected
    assert staked.balance(to) == paid == 20 * USDC
    check_moment(staked, event, staked.creator)
    assert (event.amount, event.first_loss_before, event.first_loss_after) == (20 * USDC, 50 * USDC, 30 * USDC)


def test_execute_pays_what_claims_have_left(staked: Cover) -> None:
    staked.payout(45 * USDC)
    assert staked.pool_state.first_loss == 5 * USDC
    staked.change_pool(first_loss=50 * USDC)
    ready(staked, 50 * USDC)
    staked.change_pool(first_loss=5 * USDC)
    to = staked.tokens(staked.creator)
    staked.pool("execute_stake", destination=to)
    assert staked.balance(to) == 5 * USDC
    assert now(staked).first_loss == 0


def test_execute_refusals(staked: Cover) -> None:
    to = staked.tokens(staked.creator)

    def refused(code: str, **accounts: object) -> None:
        with staked.refused(code, staked.at.pool, to):
            staked.pool("execute_stake", **({"destination": to} | accounts))

    refused("E_REQUEST")
    staked.pool("request_stake", {"amount": 1})
    staked.later(NOTICE - 1)
    staked.set_risk()
    refused("E_NOTICE")
    staked.later(1)
    staked.set_risk(epoch=staked.epoch - P.STALE_EPOCHS - 1)
    refused("E_STALE")
    staked.set_risk(open_interest=1)
    refused("E_OPEN_INTEREST")
    staked.set_risk(required=1)
    refused("E_OPEN_INTEREST")
    staked.set_risk(epoch=staked.epoch - P.STALE_EPOCHS)
    refused("E_AUTHORITY", creator=staked.payer)
    refused("E_VAULT", vault=staked.tokens(staked.at.pool, 5))
    refused("E_RELATION", destination=staked.at.pool_vault)
    refused("E_RELATION", destination=staked.tokens(staked.payer))
    staked.pool("execute_stake", destination=to)


def test_blank_pools_have_no_stake() -> None:
    cover = Cover(terms=False)
    for name, args in (("request_stake", {"amount": 1}), ("cancel_stake", None)):
        with cover.refused("E_STATE", cover.at.pool):
            cover.pool(name, args)
    with cover.refused("E_STATE", cover.at.pool):
        cover.pool("execute_stake", destination=cover.tokens(cover.creator))
