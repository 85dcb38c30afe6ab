"""The bench of the live updates on a tiny workload, with real processes: every message is counted."""

from pathlib import Path

import pytest

from offchain.chain.addresses import LOCALNET
from scripts.benches.errors import BenchError
from scripts.benches.keeper.population import populate
from scripts.benches.keeper.workload import Workload
from scripts.benches.live.command import document, ratios, table
from scripts.benches.live.contenders import Contender, ours, plain
from scripts.benches.live.contest import contest, uneven
from scripts.benches.live.figures import Figures, latencies, percentile
from scripts.benches.live.limits import raise_limit
from scripts.benches.processes import python

START = 1_800_000_000
WORKLOAD = Workload(markets=1, breaching=1)
CLIENTS, UPDATES = 20, 4


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bench") / "state.sqlite"
    populate(WORKLOAD, START, lambda _done: None).save(path)
    return path


def test_both_servers_serve_every_client_every_update(state: Path, tmp_path: Path) -> None:
    market = WORKLOAD.market_id(0)
    found = []
    for name in ("ours", "plain"):
        folder = tmp_path / name
        folder.mkdir()
        contender = ours(folder, market, False) if name == "ours" else plain(LOCALNET.market(market).pool)
        found.append(contest(state, START, WORKLOAD, contender, folder, CLIENTS, uneven(UPDATES)))
    for figures in found:
        assert len(figures.microseconds) == CLIENTS * UPDATES
        assert (figures.unserved, figures.lost) == (0, 0)
        assert figures.microseconds[0] > 0 and figures.memory_kb > 10_000
    shown = document({"one": found})
    assert shown["one"][0]["delivered"] == CLIENTS * UPDATES and shown["ratios_milli"]["one"]
    assert table("title", found).row_count == 8


def test_a_server_that_does_not_start_is_named(state: Path, tmp_path: Path) -> None:
    broken = Contender("broken", lambda _node, _port: python("-c", "raise SystemExit('no')"), {}, "", False)
    with pytest.raises(BenchError, match="the server did not start: no"):
        contest(state, START, WORKLOAD, broken, tmp_path, 1, [0.1])


def test_latencies_are_counted_from_the_landing_and_missing_messages_are_seen() -> None:
    landed = {"10": 1_000_000, "20": 5_000_000}
    assert latencies(landed, {"10": [3_000_000, 2_000_000], "5": [9]}) == (1_000, 2_000)
    assert latencies(landed, {"25": [9_000_000]}) == (4_000, 8_000), "one message for two updates"
    with pytest.raises(BenchError, match="before its transaction landed"):
        latencies(landed, {"20": [1]})


def test_percentiles_and_ratios_are_exact() -> None:
    assert [percentile(range(1, 101), percent) for percent in (1, 50, 99, 100)] == [1, 50, 99, 100]
    assert percentile([], 99) == 0 and percentile([7], 50) == 7
    fast = Figures("a", 1, 2, (10, 20), 0, 0, 8, 2_048)
    slow = Figures("b", 1, 2, (30, 50), 0, 0, 16, 1_024)
    assert ratios([fast, slow]) == {
        "microseconds_p50": 3_000,
        "microseconds_p99": 2_500,
        "microseconds_max": 2_500,
        "cpu_ms_per_update": 2_000,
        "memory_mb": 500,
    }
    assert ratios([fast]) == {}


def test_more_clients_than_the_machine_allows_are_refused() -> None:
    with pytest.raises(BenchError, match="ulimit -Hn"):
        raise_limit(1 << 40)
    raise_limit(10)
