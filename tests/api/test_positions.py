"""Providers' positions: what the accounts hold, what was paid in and out, and what leaving pays in the end."""

import csv
from io import StringIO
from typing import Any

from offchain.chain.pool_figures import pool_figures
from offchain.chain.tokens import token_balance
from tests.api.conftest import Lived
from tests.support.keys import User


def figures(lived: Lived) -> Any:
    return pool_figures(lived.market.pool, lived.epoch, lived.story.world.parameters)


def held(lived: Lived, who: User) -> Any:
    return next(one for one in lived.market.providers.values() if one.provider == who.key)


def test_a_position_is_worth_its_shares(lived: Lived, get: Any) -> None:
    account, schedule = held(lived, lived.provider), lived.story.world.schedule
    body = get(f"providers/{lived.provider.key}")
    assert len(body["items"]) == body["positions"] == 1
    one = body["items"][0]
    value = figures(lived).assets(account.shares)
    assert (one["value"], one["shares"]) == (str(value), str(account.shares))
    assert (one["principal"], one["paid_in"], one["paid_out"]) == ("20250000000", "20250000000", "0")
    assert one["earnings"] == body["earnings"] == str(value - 20_250_000_000)
    assert int(one["earnings"]) > 0
    assert (one["entered_at"], one["unlocks_at"]) == (
        schedule.start(account.entry_epoch),
        schedule.start(account.unlock_epoch),
    )
    left = account.unlock_epoch - lived.epoch
    fee = 10 + -(-20 * left // account.lock_epochs)
    assert one["exit"]["fee_bps"] == fee
    assert one["exit"]["net"] == str(value - -(-value * fee // 10_000))
    assert one["exit"]["paid_at"] == schedule.start(lived.epoch + account.notice_epochs)
    assert one["locked"] is True
    assert get(f"positions/{one['position']}")["position"] == one


def test_an_open_request_shows_its_dates_and_the_lower_value(lived: Lived, get: Any) -> None:
    account, world = held(lived, lived.leaving), lived.story.world
    one = get(f"providers/{lived.leaving.key}")["items"][0]
    request = one["request"]
    assert one["exit"] is None
    now = figures(lived).assets(account.requested_shares)
    assert (request["shares"], request["value"]) == (str(account.requested_shares), str(account.request_value))
    assert request["value_now"] == str(now)
    lower = min(now, account.request_value)
    assert request["net_now"] == str(lower - -(-lower * account.request_fee_bps // 10_000))
    assert one["value"] == str(figures(lived).assets(account.shares - account.requested_shares) + lower)
    due = account.request_epoch + account.notice_epochs
    assert (request["payable_epoch"], request["payable_at"]) == (due, world.schedule.start(due))
    assert request["payable"] is (lived.epoch >= due) is False
    assert request["forced_epoch"] == due + world.parameters.force_after
    assert request["limit"] == str(figures(lived).withdrawable)


def test_closed_positions_tell_what_their_providers_made_or_lost(lived: Lived, get: Any) -> None:
    """Against the token accounts: who had 10 000 USDC and deposited nothing else now has 10 000 plus the earnings."""
    local = lived.story.world.local
    for who in (lived.story.alice, lived.story.bob, lived.story.carol):
        body = get(f"providers/{who.key}")
        account = local.account(who.token)
        assert all(one["closed"] for one in body["items"])
        assert body["value"] == "0"
        assert token_balance(account, who.token).amount == 10_000_000_000 + int(body["earnings"])
    wiped = [one for one in get(f"providers/{lived.story.bob.key}")["items"] if one["wiped"]]
    assert wiped
    assert int(wiped[0]["earnings"]) == -2_000_000_000


def test_every_account_of_the_chain_is_listed(lived: Lived, get: Any) -> None:
    everybody = {str(address) for address in lived.market.providers}
    found, cursor = [], None
    while True:
        page = get("positions", holding="false", limit=2, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    assert [one["position"] for one in found] == sorted(everybody)
    holding = {one["position"] for one in get("positions")["items"]}
    assert holding == {str(address) for address, one in lived.market.providers.items() if one.shares}
    mine = get("positions", provider=str(lived.provider.key), market=lived.id)["items"]
    assert [one["provider"] for one in mine] == [str(lived.provider.key)]


def test_the_history_adds_up_to_what_left_and_reached_the_wallet(lived: Lived, get: Any) -> None:
    who = lived.story.alice
    items = get(f"providers/{who.key}/history", limit=500)["items"]
    kinds = [one["kind"] for one in items[::-1]]
    assert kinds == [
        "deposit",
        "top_up",
        "deposit",
        "request",
        "cancel",
        "request",
        "request",
        "withdrawal",
        "withdrawal",
    ]
    balance = token_balance(lived.story.world.local.account(who.token), who.token).amount
    assert balance == 10_000_000_000 + sum(int(one["net"]) for one in items)
    for one in items:
        if one["kind"] == "withdrawal":
            assert int(one["net"]) == int(one["amount"]) - int(one["fee"])
    pages = get(f"providers/{who.key}/history", limit=4)
    rest = get(f"providers/{who.key}/history", limit=500, cursor=pages["next"])["items"]
    assert pages["items"] + rest == items


def test_the_csv_has_the_same_lines(lived: Lived, client: Any, get: Any) -> None:
    who = lived.story.alice
    answer = client.get(f"/v1/providers/{who.key}/history.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.text)))
    items = get(f"providers/{who.key}/history", limit=500)["items"]
    assert len(rows) == len(items)
    for row, one in zip(rows, items, strict=True):
        sign = -1 if row["net_usdc"].startswith("-") else 1
        whole, _, rest = row["net_usdc"].lstrip("-").partition(".")
        assert sign * (int(whole) * 10**6 + int(rest)) == int(one["net"])
        assert (row["signature"], row["kind"]) == (one["signature"], one["kind"])


def test_somebody_without_positions_has_zeros(lived: Lived, get: Any, client: Any) -> None:
    body = get(f"providers/{lived.long.key}")
    assert (body["items"], body["value"], body["earnings"]) == ([], "0", "0")
    assert client.get("/v1/providers/nobody").status_code == 400
    assert client.get(f"/v1/positions/{lived.long.key}").status_code == 404
