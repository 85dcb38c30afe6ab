"""Several nodes as one: real servers over one chain, one of which dies."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Thread

import pytest
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.system_program import TransferParams, transfer

from offchain.chain import transactions
from offchain.chain.backends import nodes
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.node import Node, NodeDownError, RefusedError
from offchain.chain.errors import ProgramError
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.transactions import Options, build
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.server import serving
from tests.support.patience import PATIENCE
from tests.support.world import World


@dataclass
class Pair:
    """Two nodes of one chain, and how to kill the first."""

    chain: FailoverChain
    urls: list[str]
    first: AbstractContextManager[Endpoints]

    async def kill(self) -> None:
        """Let the first node die."""
        await asyncio.to_thread(self.first.__exit__, None, None, None)


@pytest.fixture
async def pair(world: World) -> AsyncIterator[Pair]:
    """Two servers on different ports."""
    first = serving(world.local)
    with serving(world.local) as second:
        urls = [first.__enter__().http, second.http]
        chain = FailoverChain(urls, timeout=PATIENCE)
        try:
            yield Pair(chain, urls, first)
        finally:
            await chain.close()
            await asyncio.to_thread(first.__exit__, None, None, None)


def payment(world: World, lamports: int = 1_000_000) -> list[object]:
    """A transfer to somebody new."""
    return [transfer(TransferParams(from_pubkey=world.keeper.key, to_pubkey=Pubkey.new_unique(), lamports=lamports))]


async def test_the_preferred_node_answers_until_it_dies_and_the_next_one_then(
    world: World, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "REST_SECONDS", (10 * PATIENCE,))  # longer than all of this takes
    assert await pair.chain.now() == world.now
    assert pair.chain.nodes.current == pair.urls[0]
    await pair.kill()
    assert await pair.chain.now() == world.now
    assert pair.chain.nodes.current == pair.urls[1]
    assert pair.chain.nodes.failures == 1
    for _ in range(5):
        await pair.chain.slot()
    assert pair.chain.nodes.failures == 1, "a node that failed is left alone for a while"


async def test_a_transaction_is_sent_by_the_node_that_lives(world: World, pair: Pair) -> None:
    await pair.kill()
    outcome = await transactions.send_async(pair.chain, payment(world), [world.keeper.pair])
    assert outcome.err is None and outcome.slot > 0


async def test_when_no_node_answers_the_error_says_so(world: World) -> None:
    chain = FailoverChain(["http://127.0.0.1:9", "http://127.0.0.1:19"], timeout=1)
    with pytest.raises(NodeDownError, match=r"http://127.0.0.1:19 fails \(ConnectError\)"):
        await chain.slot()
    assert chain.nodes.failures == 2
    await chain.close()


def test_without_nodes_there_is_no_chain() -> None:
    with pytest.raises(ValueError, match="at least one node"):
        FailoverChain([])


async def test_a_refusal_is_the_same_everywhere_and_no_reason_to_ask_another(world: World, pair: Pair) -> None:
    with pytest.raises(RefusedError, match="getAccountInfo"):
        await pair.chain.nodes.ask("getAccountInfo", "not an address")
    assert pair.chain.nodes.failures == 0


async def test_preflight_names_the_programs_refusal(world: World, pair: Pair) -> None:
    steps = payment(world, lamports=10**18)
    blockhash, _ = await pair.chain.fresh_blockhash()
    with pytest.raises(ProgramError):
        await pair.chain.submit(build(steps, [world.keeper.pair], blockhash, Options()))


async def test_what_a_transaction_did_to_balances(world: World, pair: Pair) -> None:
    steps = payment(world)
    outcome = await transactions.send_async(pair.chain, steps, [world.keeper.pair])
    landed = await pair.chain.landed(outcome.signature)
    assert landed is not None
    assert (landed.fee, landed.payer_change, dict(landed.tokens)) == (5_000, -1_005_000, {})
    (status,) = await pair.chain.statuses([outcome.signature])
    assert status is not None and status.confirmed and status.slot == landed.slot
    unknown = Keypair().sign_message(b"never sent")
    assert await pair.chain.statuses([unknown]) == [None]
    assert await pair.chain.landed(unknown) is None


async def test_a_payment_of_tokens_shows_by_owner(world: World, pair: Pair) -> None:
    provider = world.market.cover("100", name="covering lp of nodes")
    record = world.local.transactions_of(provider.key)[-1]
    landed = await pair.chain.landed(record.signature)
    assert landed is not None
    assert landed.tokens[str(provider.key), str(world.mint)] == -100 * 10**6


async def test_a_simulation_shows_accounts_as_they_would_be(world: World, pair: Pair) -> None:
    to = Pubkey.new_unique()
    step = transfer(TransferParams(from_pubkey=world.keeper.key, to_pubkey=to, lamports=1_000_000))
    blockhash, _ = await pair.chain.fresh_blockhash()
    trial = await pair.chain.try_out(build([step], [world.keeper.pair], blockhash, Options()), [to])
    (account,) = trial.accounts
    assert account is not None and account.lamports == 1_000_000
    assert world.local.account(to) is None


async def test_accounts_are_found_by_their_first_bytes_and_come_with_a_slot(world: World, pair: Pair) -> None:
    ((address, _),) = await pair.chain.owned_by(world.at.risk_engine, bytes(PriceFeed.discriminator))
    assert address == world.feed
    slot, (head, nothing) = await pair.chain.accounts_in_slot([world.feed, Pubkey.new_unique()], length=8)
    assert slot == world.local.slot - 1, "the last slot in which nothing can land any more"
    assert head is not None and head.data == bytes(PriceFeed.discriminator)
    assert nothing is None
    many = await pair.chain.accounts([world.feed] * 150)
    assert len(many) == 150 and all(many)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", "no JSON"),
        (b"HTTP/1.1 429 Too Many Requests\r\ncontent-length: 0\r\n\r\n", "HTTP 429"),
        (b"HTTP/1.1 503 Down\r\ncontent-length: 0\r\n\r\n", "HTTP 503"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n[]", "no JSON-RPC answer"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "no JSON-RPC answer"),
        (
            b'HTTP/1.1 200 OK\r\ncontent-length: 59\r\n\r\n{"error":{"code":-32005,"message":"behind by 42 slots"}}   ',
            "behind by 42 slots",
        ),
    ],
)
async def test_whatever_is_wrong_with_a_node_is_a_node_that_is_down(answer: bytes, reason: str) -> None:
    with answering(answer) as url:
        node = Node(url, timeout=PATIENCE)
        with pytest.raises(NodeDownError, match=reason):
            await node.ask("getSlot")
        await node.close()


@pytest.mark.parametrize("result", [b"null", b"7", b'{"value":[]}', b'{"context":{},"value":[{}]}'])
async def test_an_answer_that_cannot_be_read_is_a_failure_of_the_node_and_the_next_is_asked(
    world: World, result: bytes
) -> None:
    body = b'{"result":' + result + b"}"
    answer = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)
    with answering(answer) as lying, serving(world.local) as honest:
        chain = FailoverChain([lying, honest.http], timeout=PATIENCE)
        try:
            assert await chain.account(world.feed) == world.local.account(world.feed)
            assert chain.nodes.failures == 1
            alone = FailoverChain([lying], timeout=PATIENCE)
            with pytest.raises(NodeDownError, match="answers getMultipleAccounts with nonsense"):
                await alone.account(world.feed)
            await alone.close()
        finally:
            await chain.close()


class answering(AbstractContextManager[str]):  # noqa: N801
    """A server that gives every caller the same bytes."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        Thread(target=self._serve, daemon=True).start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        for connection in self._connections():
            connection.recv(65_536)
            connection.sendall(self._answer)
            connection.close()

    def _connections(self) -> Iterator[socket.socket]:
        while True:
            try:
                yield self._socket.accept()[0]
            except OSError:
                return
