"""What a terminal shows: every address, and a line for each service in words."""

from dataclasses import replace

import pytest
from rich.console import Console

from offchain.monitoring.watcher.report import DutyReport, JobState
from offchain.serve.places import places_of
from offchain.serve.screen import head, picture
from offchain.settings.serve import ROLES
from offchain.settings.tree import read_settings

SETTINGS = read_settings({"database": "postgresql://me:secret@db/percosec", "rpc": ("http://localhost:8899",)}, {})
PLACES = places_of(SETTINGS, ROLES, "http://127.0.0.1:8080", "/data")
WELL = DutyReport("indexer", JobState.RUNNING, 0, 1, 0, 0, "", None, None, 0, False, 0, {})


def _text(*reports: DutyReport) -> str:
    console = Console(width=140)
    with console.capture() as captured:
        console.print(picture(PLACES, list(reports)))
    return captured.get()


def test_every_address_is_shown_and_no_password() -> None:
    text = _text()
    for address in ("http://127.0.0.1:8080/v1/openapi.json", "ws://127.0.0.1:8080/v1/ws", "/status", "localhost:8899"):
        assert address in text
    assert "secret" not in text
    assert PLACES.document(ROLES)["roles"] == list(ROLES)


def test_a_process_without_the_api_has_no_address_of_it() -> None:
    places = places_of(SETTINGS, ("keeper",), "http://127.0.0.1:8080", "")
    assert (places.api, places.openapi, places.live, places.analytics) == ("", "", "", "")
    assert head(places).row_count == 4, "status, metrics, chain, database"


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("clock", {"chain_time": 1_584_000_000}, "12 Mar 2020 08:00:00 UTC"),
        ("chain", {"pid": 7, "rpc": "http://x"}, "process 7, http://x"),
        ("market", {"phase": "playing", "speed": 60, "waiting_for": ""}, "playing, 60 market seconds a second"),
        ("market", {"phase": "racing", "speed": 0, "waiting_for": "a score"}, "racing, the clock waits for a score"),
        (
            "indexer",
            {"transactions": 1_234, "events": 5, "stored_slot": 7, "head_slot": 9},
            "1,234 transactions, 5 events",
        ),
        ("indexer", {"standing_by": True}, "another process does it; standing by"),
        ("figures", {"made": 3, "as_of_slot": 9}, "made 3 times, as of slot 9"),
        ("keeper", {"duties": {"score": {"done": 4}}, "epoch": 2, "lamports": 10**9}, "4 transactions done, epoch 2"),
        ("keeper", {"halted": "too much"}, "halted: too much; lift it with percosec keeper resume"),
        ("prices", {"pairs": [{"pair": "BTC/USD", "price": {"price": 7_900_000_000}}]}, "BTC/USD 7,900"),
        ("prices", {"pairs": []}, "no price yet"),
        ("live", {"clients": 2, "topics": 3}, "2 clients, 3 topics"),
    ],
)
def test_each_service_is_told_in_words(name: str, status: dict[str, object], words: str) -> None:
    text = _text(replace(WELL, name=name, status=status))
    assert words in text and "running" in text


def test_what_failed_says_why() -> None:
    failed = replace(WELL, state=JobState.WAITING, last_error="RpcError: the node fails", status={"transactions": 5})
    text = _text(failed, replace(WELL, name="keeper", stale=True))
    assert "RpcError: the node fails" in text and "5 transactions" not in text
    assert "stale" in text
