"""Following a chain: every transaction once, in slices, anew after a dropped slot; the claims are the report's."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from offchain.verify import Report
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.node import Node
from offchain.verify.follow import Follower
from offchain.verify.read.programs import Programs
from tests.verify.story import Story


@pytest.fixture
def url(kept: Path, tmp_path: Path) -> Iterator[str]:
    """The kept run behind JSON-RPC."""
    copy = tmp_path / "chain.sqlite"
    copy.write_bytes(kept.read_bytes())
    chain = LocalChain(state=copy)
    try:
        with serving(chain) as endpoints:
            yield endpoints.http
    finally:
        chain.close()


@pytest.fixture
def follower(url: str) -> Iterator[Follower]:
    """At the beginning."""
    found = Follower(url, Programs(), load_project().profile("development").parameters)
    yield found
    found.close()


def test_claims_are_those_of_the_report(follower: Follower, story: Story, clean: Report) -> None:
    assert follower.catch_up(60).waiting == 0
    for claim in clean.all_claims:
        found = follower.verify(story.market.m.claim(claim.sequence))
        assert found is not None and found.claim == claim
        assert found.differences == found.others == [] and found.final
        assert claim.signature in found.signatures


@pytest.mark.parametrize("kind", ["none at all", "in another order", "with holes"])
def test_a_node_without_proper_batches(
    follower: Follower, story: Story, clean: Report, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    truth = Node._post

    def post(node: Node, method: str, body: Any) -> Any:
        answer = truth(node, method, body)
        if not isinstance(body, list):
            return answer
        if kind == "none at all":
            return {"error": {"message": "batches are not supported"}}
        return answer[::-1] if kind == "in another order" else [*answer[::2], {"id": None, "result": 5}]

    monkeypatch.setattr(Node, "_post", post)
    assert follower.catch_up(60).waiting == 0
    found = follower.verify(story.market.m.claim(1))
    assert found is not None and found.claim == clean.all_claims[0] and not found.others


def test_slices_come_to_the_same(
    follower: Follower, story: Story, clean: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offchain.verify.follow.BATCH", 5)
    replayed: list[int] = []
    while not replayed or follower.catch_up(0.02).waiting:
        replayed.append(follower.catch_up(0.02).replayed)
        assert len(replayed) < 10_000
    assert replayed == sorted(replayed) and len(replayed) > 2
    found = follower.verify(story.market.m.claim(1))
    assert found is not None and found.claim == clean.all_claims[0]
    assert follower.catch_up(5).replayed == found.replayed


def test_a_long_listing_goes_on_where_it_stopped(
    follower: Follower, story: Story, clean: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offchain.verify.follow.PAGE", 7)
    truth, asked = Node.page, []

    def page(node: Node, address: str, before: str | None = None, until: str | None = None) -> list[Any]:
        asked.append((address, before, until))
        return truth(node, address, before, until)[:7]

    monkeypatch.setattr(Node, "page", page)
    assert follower.catch_up(0).waiting == 1 and len(asked) <= 1
    while follower.catch_up(0.01).waiting:
        pass
    assert len(asked) > 30 and len(set(asked)) >= len(asked) - len(Programs().names)
    found = follower.verify(story.market.m.claim(1))
    assert found is not None and found.claim == clean.all_claims[0] and not found.others


def test_nothing_is_read_twice(follower: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    truth = Node.transactions

    def transactions(node: Node, signatures: Sequence[str]) -> list[dict[str, Any]]:
        asked.extend(signatures)
        return truth(node, signatures)

    monkeypatch.setattr(Node, "transactions", transactions)
    for _ in range(3):
        assert follower.catch_up(60).waiting == 0
    assert len(asked) == len(set(asked)) > 100


def test_a_node_that_fails_is_asked_for_the_same_again(
    follower: Follower, story: Story, clean: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth, calls = Node.transactions, iter(range(10**9))

    def transactions(node: Node, signatures: Sequence[str]) -> list[dict[str, Any]]:
        if next(calls) % 3 == 1:
            raise VerifyError("the node is busy")
        return truth(node, signatures)

    monkeypatch.setattr(Node, "transactions", transactions)
    waiting = 1
    while waiting:
        try:
            waiting = follower.catch_up(60).waiting
        except VerifyError:
            continue
    found = follower.verify(story.market.m.claim(1))
    assert found is not None and found.claim == clean.all_claims[0] and not found.others


def test_after_a_dropped_slot_everything_is_read_anew(
    follower: Follower, story: Story, clean: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = follower.catch_up(60).replayed
    truth = Node.page

    def page(node: Node, address: str, before: str | None = None, until: str | None = None) -> list[Any]:
        return truth(node, address, before)  # The newest signature known is gone: the node lists everything.

    monkeypatch.setattr(Node, "page", page)
    assert follower.catch_up(60).replayed == before
    found = follower.verify(story.market.m.claim(2))
    assert found is not None and found.claim == clean.all_claims[1] and not found.others


def test_what_is_no_paid_claim(follower: Follower, story: Story) -> None:
    follower.catch_up(60)
    for address in (story.market.m.pool, story.market.m.claim(99)):
        with pytest.raises(VerifyError, match="no claim record"):
            follower.verify(address)
