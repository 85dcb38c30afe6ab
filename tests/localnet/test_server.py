"""The chain on ports: from a background thread, on both ports, and for browsers."""

import asyncio
import json

import httpx
import pytest
from solana.rpc.async_api import AsyncClient
from solders.keypair import Keypair
from websockets.asyncio.client import connect

from offchain.localnet import LocalChain, LocalnetError, app
from offchain.localnet.pubsub import session
from offchain.localnet.server import serving
from tests.localnet.wallet import SOL, driven_chain, payment, rich
from tests.support.patience import PATIENCE


def test_health_and_browsers() -> None:
    with serving(driven_chain()) as endpoints:
        assert httpx.get(f"{endpoints.http}/health", timeout=PATIENCE).text == "ok"
        headers = {
            "origin": "http://app.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        answer = httpx.options(endpoints.http, headers=headers, timeout=PATIENCE)
        assert answer.headers["access-control-allow-origin"] == "*"
        body = {"jsonrpc": "2.0", "id": 1, "method": "getHealth"}
        answer = httpx.post(endpoints.http, json=body, headers={"origin": "http://app.example"}, timeout=PATIENCE)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.json() == {"jsonrpc": "2.0", "id": 1, "result": "ok"}


def test_notification_gets_no_answer() -> None:
    with serving(driven_chain()) as endpoints:
        assert (
            httpx.post(endpoints.http, json={"jsonrpc": "2.0", "method": "getHealth"}, timeout=PATIENCE).content == b""
        )
        assert httpx.post(endpoints.http, json=[], timeout=PATIENCE).content == b""


async def test_object_and_port_show_one_chain() -> None:
    chain = driven_chain()
    key, to = rich(chain), Keypair().pubkey()
    with serving(chain) as endpoints:
        async with AsyncClient(endpoints.http, "confirmed") as client:
            chain.send(payment(chain, key, to))
            assert (await client.get_balance(to)).value == SOL
            await client.send_raw_transaction(bytes(payment(chain, key, to)))
            account = chain.account(to)
            assert account is not None
            assert account.lamports == 2 * SOL


async def test_subscriptions_on_both_ports_hear_the_object() -> None:
    chain = driven_chain()
    key, to = rich(chain), Keypair().pubkey()
    with serving(chain) as endpoints:
        on_http_port = endpoints.http.replace("http://", "ws://")
        async with connect(endpoints.ws) as one, connect(on_http_port) as two:
            for socket in (one, two):
                await socket.send(
                    json.dumps({"jsonrpc": "2.0", "id": 1, "method": "accountSubscribe", "params": [str(to)]})
                )
                assert json.loads(await socket.recv())["id"] == 1
            record = chain.send(payment(chain, key, to))
            for socket in (one, two):
                told = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
                assert told["method"] == "accountNotification"
                assert told["params"]["result"]["context"]["slot"] == record.slot
                assert told["params"]["result"]["value"]["lamports"] == SOL


class _SlowSocket:
    """Takes messages and notes how it is closed."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.closed_with = 0

    async def send_data(self, message: bytes, mode: str) -> None:
        assert mode == "text"
        self.sent.append(message)

    async def close(self, code: int, reason: str) -> None:
        assert reason == "too many unread messages"
        self.closed_with = code


async def test_client_that_does_not_read_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "MAX_WAITING", 50)
    chain = driven_chain()
    key = rich(chain)
    listener = session.Session(chain)
    chain.listen(listener)
    listener.receive(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "logsSubscribe", "params": ["all"]}))
    for _ in range(100):
        chain.send(payment(chain, key, Keypair().pubkey(), 1_000_000))
    await asyncio.sleep(0)
    socket = _SlowSocket()
    await asyncio.wait_for(app._send(socket, listener), PATIENCE)  # type: ignore[arg-type]
    assert len(socket.sent) == 50
    assert socket.closed_with == 1008


async def test_real_clock_announces_slots_in_which_nothing_happens() -> None:
    with serving(LocalChain(clock="real")) as endpoints:
        async with connect(endpoints.ws) as socket:
            await socket.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": "slotSubscribe"}))
            await socket.recv()
            slots = [
                json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))["params"]["result"]["slot"]
                for _ in range(3)
            ]
            assert slots == sorted(set(slots))


def test_port_in_use() -> None:
    with serving(driven_chain()) as endpoints:
        port = int(endpoints.http.rpartition(":")[2])
        with pytest.raises(LocalnetError, match=f"cannot listen on port {port}"), serving(driven_chain(), port=port):
            pass


def test_many_starts_and_stops() -> None:
    chain = driven_chain()
    for _ in range(5):
        with serving(chain) as endpoints:
            assert httpx.get(f"{endpoints.http}/health", timeout=PATIENCE).text == "ok"
