"""The bench of the keeper on a tiny workload, with real processes: it counts the right claims, or fails."""

from pathlib import Path
from typing import TypeVar

import pytest
from solders.pubkey import Pubkey

from offchain.chain.accounts import Decodable, decode
from offchain.chain.addresses import LOCALNET
from offchain.chain.breach import find_breach, in_danger
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.risk_engine.accounts import RiskScore
from offchain.localnet.chain import LocalChain
from scripts.benches.errors import BenchError
from scripts.benches.keeper import contest as module
from scripts.benches.keeper.command import document, table
from scripts.benches.keeper.contest import Contender, contest, keeper, plain_loop
from scripts.benches.keeper.population import populate
from scripts.benches.keeper.workload import CRASH_PRICE, FIRST_EPOCH, FIRST_PRICE, USDC, Workload, person
from scripts.benches.processes import python

T = TypeVar("T", bound=Decodable)

START = 1_800_000_000
WORKLOAD = Workload(markets=6, breaching=2, epoch_seconds=180)


@pytest.fixture(scope="module")
def chain() -> LocalChain:
    """Six markets, all duties done."""
    return populate(WORKLOAD, START, lambda _done: None)


@pytest.fixture(scope="module")
def state(chain: LocalChain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    path = tmp_path_factory.mktemp("bench") / "state.sqlite"
    chain.save(path)
    return path


def test_the_population_is_what_the_bench_says(chain: LocalChain) -> None:
    trader = person("trader").pubkey()
    for number in range(WORKLOAD.markets):
        market_id = WORKLOAD.market_id(number)
        market = read(PerpMarket, chain, market_id)
        position = read(PerpPosition, chain, LOCALNET.market(market_id).perp_position(trader, 0))
        score = read(RiskScore, chain, LOCALNET.market(market_id).score)
        assert (market.registered, market.synced, market.price, market.fees_due) == (True, True, FIRST_PRICE, 0)
        assert (score.has_score, score.epoch) == (True, FIRST_EPOCH)
        assert find_breach(market, position, 10, 5 * USDC) is None
        assert in_danger(market, [position], CRASH_PRICE) == WORKLOAD.breaches(number)


def test_the_keeper_pays_every_claim(state: Path, tmp_path: Path) -> None:
    found = contest(state, START, WORKLOAD, keeper(tmp_path), tmp_path)
    assert found.claims == len(found.slots) == 2
    assert found.transactions >= 1
    assert found.lamports > 0
    shown = document(WORKLOAD, [found])
    assert shown["contenders"][0]["slots_p50"] == found.slots[0]
    assert "6 registered markets on 3 feeds" in shown["workload"]
    assert table([found]).row_count == 8


def test_the_plain_loop_pays_every_claim_with_a_transaction_for_each_step(state: Path, tmp_path: Path) -> None:
    found = contest(state, START, WORKLOAD, plain_loop(), tmp_path)
    assert found.claims == 2
    assert found.transactions == 5 * 2
    assert found.failed == 0


def test_a_contender_that_pays_nothing_fails_the_bench(
    state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "READY_SECONDS", 3.0)
    lazy = Contender("lazy", lambda _endpoints, _key: python("-c", "import time; time.sleep(600)"), {})
    with pytest.raises(BenchError, match="was not ready in 3 s: it has sent 0 transactions"):
        contest(state, START, WORKLOAD, lazy, tmp_path)


def test_a_contender_that_ends_fails_the_bench_with_its_last_words(state: Path, tmp_path: Path) -> None:
    broken = Contender("broken", lambda _endpoints, _key: python("-c", "print('no idea')"), {})
    with pytest.raises(BenchError, match="broken ended by itself: no idea"):
        contest(state, START, WORKLOAD, broken, tmp_path)


def read(kind: type[T], chain: LocalChain, address: Pubkey) -> T:
    """A decoded account."""
    account = chain.account(address)
    assert account is not None
    return decode(kind, account.data)
