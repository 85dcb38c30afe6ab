"""Logs: JSON lines that hold no secret of the process, whatever is logged."""

import io
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from solders.keypair import Keypair

from offchain.chain.backends.failover import FailoverChain
from offchain.monitoring.logs.configure import configure_logs
from offchain.monitoring.logs.secrets import masked, secrets_of
from offchain.settings.monitoring import MonitoringSettings
from offchain.settings.tree import read_settings

ENVIRONMENT = {
    "PYTH_API_KEY": "pyth-4711-0815-abcdef",
    "PERCOSEC_RPC": "https://rpc.example.org/v2/s3cr3t-rpc-path?api-key=q-8812-z",
    "PERCOSEC_WS": "wss://ws.example.org/s3cr3t-ws-path",
    "PERCOSEC_DATABASE": "postgresql://percosec:s3cr3t-password@db.example.org/percosec",
    "PERCOSEC_MONITORING_WEBHOOK": "https://hooks.example.org/services/T0/B0/s3cr3t-hook",
    "SOME_TOKEN": "tok-s3cr3t-1234",
}
SECRETS = (
    *("pyth-4711-0815-abcdef", "s3cr3t-rpc-path", "q-8812-z", "s3cr3t-ws-path", "s3cr3t-password", "s3cr3t-hook"),
    "tok-s3cr3t-1234",
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything logged, as the app would write it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    settings = read_settings({"cluster": "devnet"}, ENVIRONMENT)
    handler = configure_logs(secrets_of(ENVIRONMENT, settings), stream, logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    for old in handlers:
        root.addHandler(old)
    root.setLevel(level)


def read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_one_object_a_line_with_extras_and_the_place_of_an_error(lines: io.StringIO) -> None:
    logger = logging.getLogger("offchain.test")
    logger.warning("two\nlines %d", 5, extra={"duty": "indexer", "failures": 3})
    try:
        raise ValueError("broken")
    except ValueError:
        logger.exception("it failed")
    first, second = read(lines)
    assert (first["level"], first["logger"], first["message"]) == ("warning", "offchain.test", "two\nlines 5")
    assert (first["duty"], first["failures"]) == ("indexer", 3)
    assert first["time"].endswith("+00:00") and "error" not in first and "request" not in first
    assert "ValueError: broken" in second["error"] and "test_logs.py" in second["error"]


def test_no_secret_gets_through_wherever_it_stands(lines: io.StringIO) -> None:
    logger = logging.getLogger("offchain.test")
    key = Keypair()
    for value in ENVIRONMENT.values():
        logger.info("using %s now", value)
        logger.info("extra", extra={"where": value, "nested": {"list": [value]}, value: "key"})
        try:
            raise RuntimeError(f"can't reach {value}")
        except RuntimeError:
            logger.exception("failed")
    logger.info("the key file holds %s", json.loads(key.to_json()))
    logger.info("as text %s", key.to_json())
    logger.info("as extras", extra={"numbers": list(bytes(key)), "raw": bytes(key), "slots": list(range(5))})
    text = lines.getvalue()
    for secret in SECRETS:
        assert secret not in text
    assert key.to_json() not in text and ", ".join(map(str, bytes(key))) not in text
    assert "[0, 1, 2, 3, 4]" in text
    assert "rpc.example.org" in text and "db.example.org" in text, "places are no secrets"


def test_nothing_of_the_real_environment_is_logged(lines: io.StringIO) -> None:
    """As an operator would check: every variable with a telling name, in everything that was written."""
    logger = logging.getLogger("offchain.test")
    secrets = secrets_of({**os.environ, **ENVIRONMENT})
    logger.info("environment %s", dict(os.environ) | ENVIRONMENT)
    written = lines.getvalue()
    for secret in secrets_of(ENVIRONMENT):
        assert secret not in written
    assert set(ENVIRONMENT.values()) & secrets


async def test_a_node_that_can_not_be_reached_is_told_without_its_path(lines: io.StringIO) -> None:
    chain = FailoverChain(("http://127.0.0.1:1/s3cr3t-rpc-path",), timeout=0.5)
    try:
        with pytest.raises(Exception) as refused:
            await chain.slot()
    finally:
        await chain.close()
    logging.getLogger("offchain.test").error("node failed", exc_info=refused.value)
    assert "s3cr3t-rpc-path" not in lines.getvalue()
    assert "127.0.0.1:1" in lines.getvalue()


def test_masking_keeps_what_is_no_secret() -> None:
    text = "market 9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin, 12,345.678900 USDC, /v1/markets, sqlite:////data/a.db"
    assert masked(text, ()) == text
    assert masked("see https://a.example/x/y, then", ()) == "see https://a.example/..., then"


def test_short_words_are_no_secrets() -> None:
    assert secrets_of({"API_KEY": "short", "PLAIN": "a-long-enough-value"}) == frozenset()
    settings = replace(read_settings({}, {}), monitoring=MonitoringSettings(webhook="https://h.example/abcdefgh"))
    assert secrets_of({}, settings) == {"abcdefgh"}


def test_a_key_file_is_named_not_shown(lines: io.StringIO, tmp_path: Path) -> None:
    key = Keypair()
    file = tmp_path / "keeper.json"
    file.write_text(key.to_json())
    logging.getLogger("offchain.test").info("key of %s: %s", file, file.read_text())
    assert str(file) in lines.getvalue()
    assert key.to_json() not in lines.getvalue()
