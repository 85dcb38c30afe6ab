"""Markets as the client reads them from the chain."""

from typing import Any

import pytest

from offchain.chain.generated.demo_market.accounts import PerpPosition
from tests.api.conftest import Lived


def test_the_list_says_what_the_accounts_say(lived: Lived, get: Any) -> None:
    market, body = lived.market, get("markets")
    assert len(body["items"]) == 1
    found = body["items"][0]
    perp = market.perp
    long, short = perp.oi_long * perp.price // 10**6, perp.oi_short * perp.price // 10**6
    assert long > short > 0
    expected = {
        "market_id": str(market.id),
        "status": "live",
        "price": str(perp.price),
        "price_time": perp.publish_time,
        "price_provisional": perp.provisional,
        "grade": "ABCDR"[market.config.grade],
        "score": market.score.composite_score,
        "score_provisional": market.score.provisional,
        "restricted": False,
        "reasons": [],
        "premium_rate_bps": market.premium.rate_bps,
        "open_interest_long": str(long),
        "open_interest_short": str(short),
        "open_interest": str(long),
        "open_interest_cap": str(perp.oi_cap),
        "open_positions": 3,
        "claims": market.registry.claims,
        "no_claims": market.registry.no_claims,
        "utilisation_cap_bps": 8_500,
    }
    assert {name: found[name] for name in expected} == expected
    last = market.claims[max(market.claims)]
    assert found["last_claim"] == {
        "claim": str(lived.story.market.m.claim(last.sequence)),
        "sequence": last.sequence,
        "paid_at": last.timestamp,
        "deficit": str(last.deficit_amount),
        "payout": str(last.payout_amount),
        "fully_covered": last.fully_covered,
    }
    assert body["as_of_slot"] == max(record.slot for record in lived.story.world.local.transactions())
    assert body["decimals"] == 6


def test_a_yield_is_null_with_a_reason_until_there_is_enough_history(lived: Lived, get: Any) -> None:
    found = get("markets")["items"][0]["net_apy"]
    assert found["days"] == 7
    assert found["apy_e6"] is None
    assert "after 7 days" in found["reason"]
    entered = lived.story.world.schedule.start(lived.story.market.entries[lived.provider.key])
    assert found["history_from"] == entered


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"q": "4XY"}, True),
        ({"q": "nothing"}, False),
        ({"grade": "C"}, True),
        ({"grade": "A"}, False),
        ({"restricted": "false"}, True),
        ({"restricted": "true"}, False),
        ({"sort": "net_apy", "order": "desc"}, True),
    ],
)
def test_the_list_is_searched(lived: Lived, get: Any, query: dict[str, str], found: bool) -> None:
    wanted = {**query, "q": lived.id[:6]} if query.get("q") == "4XY" else query
    assert bool(get("markets", **wanted)["items"]) is found


def test_one_market_has_funding_leverage_feed_and_terms(lived: Lived, get: Any) -> None:
    market, body = lived.market, get(f"markets/{lived.id}")
    perp, config, feed = market.perp, market.config, market.feed
    assert body["market"] == get("markets")["items"][0]
    skew = 3_000_000 * (perp.oi_long - perp.oi_short)
    assert body["funding"] == {
        "rate_8h": str(skew // (perp.oi_long + perp.oi_short)),
        "rate_8h_max": "3000000",
        "cumulative": str(perp.cum_funding),
    }
    assert int(body["funding"]["rate_8h"]) > 0
    assert (body["margins"], body["house"], body["insurance_fund"], body["bad_debt"]) == tuple(
        map(str, (perp.margins, perp.house, perp.fund, perp.bad_debt))
    )
    assert body["feed"]["price"] == str(feed.price)
    assert body["feed"]["publish_time"] == feed.publish_time
    assert body["feed"]["age"] == lived.story.world.now - feed.publish_time
    assert (body["feed"]["source"], body["feed"]["writer"]) == ("publisher", str(feed.writer))
    assert body["terms"]["insolvency_threshold"] == str(config.insolvency_threshold)
    assert body["terms"]["max_leverage"] == config.max_leverage == 150_000
    assert body["terms"]["depth"] == str(perp.depth)
    assert (body["score_epoch"], body["score_age_epochs"]) == (market.score.epoch, lived.epoch - market.score.epoch)
    assert (body["engine"], body["engine_listed"]) == (str(config.engine), True)
    assert body["restriction"] == []


def test_the_leverage_distribution_counts_every_open_position(lived: Lived, get: Any) -> None:
    bands = get(f"markets/{lived.id}")["leverage_distribution"]
    positions: list[PerpPosition] = list(lived.market.positions.values())
    for band in bands:
        inside = [one for one in positions if band["above"] < one.leverage <= band["up_to"]]
        longs, shorts = [one for one in inside if one.is_long], [one for one in inside if not one.is_long]
        assert (band["positions_long"], band["positions_short"]) == (len(longs), len(shorts))
        assert band["notional_long"] == str(sum(one.notional for one in longs))
        assert band["notional_short"] == str(sum(one.notional for one in shorts))
    assert sum(band["positions_long"] + band["positions_short"] for band in bands) == len(positions) == 3


def test_a_market_that_is_not_there_is_a_404(client: Any, lived: Lived) -> None:
    for path in ("markets/no-such", f"markets/{lived.provider.key}", f"markets/{lived.provider.key}/risk"):
        answer = client.get(f"/v1/{path}")
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"
        assert "/v1/markets" in answer.json()["detail"]
