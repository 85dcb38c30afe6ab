"""The transaction routes on a test world, and a wallet that signs what they build."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.testing import TestClient
from solders.account import Account
from solders.message import to_bytes_versioned
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.api.build.routes import ROUTES as BUILD
from offchain.api.context import ApiContext
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from offchain.api.verify.plugin import VerifyPlugin
from offchain.api.verify.routes import ROUTES as VERIFY
from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.tokens import token_balance
from offchain.database.database import Database
from offchain.database.engine import open_engine
from offchain.database.urls import read_url
from offchain.localnet.events import Changes
from offchain.localnet.records import TransactionRecord
from offchain.localnet.server import serving
from offchain.settings.project import load_project
from offchain.settings.tree import read_settings
from tests.support.keys import User
from tests.support.promised import assert_promised
from tests.support.world import World


@dataclass
class Builder:
    """A client of the routes."""

    world: World
    client: TestClient[Litestar]
    url: str
    """Of the node."""
    context: ApiContext

    def post(self, route: str, **body: Any) -> Any:
        """The document of a request that must succeed."""
        answer = self.client.post(f"/v1/transactions/{route}", json=_plain(body))
        return _held(answer, "post", f"/v1/transactions/{route}")

    def get(self, path: str, **query: Any) -> Any:
        """The same for GET."""
        answer = self.client.get(f"/v1/{path}", params=_plain(query))
        return _held(answer, "get", f"/v1/{path}")

    def refused(self, route: str, status: int = 422, **body: Any) -> tuple[str, str]:
        """Code and detail of a request that must be refused with a problem document."""
        return read_problem(self.client.post(f"/v1/transactions/{route}", json=_plain(body)), status)

    def get_refused(self, path: str, status: int = 422, **query: Any) -> tuple[str, str]:
        """The same for GET."""
        return read_problem(self.client.get(f"/v1/{path}", params=_plain(query)), status)

    def sign_and_send(self, built: Any, user: User) -> Landing:
        """Sign what was built, land it, and check every change on the chain against what was said."""
        signed = sign(built["transaction"], user)
        watcher = _Watcher()
        self.world.local.listen(watcher)
        try:
            outcome = self.world.chain.send(signed)
        finally:
            self.world.local.unlisten(watcher)
        assert outcome.err is None, outcome.logs
        assert watcher.landing is not None
        compare(built, watcher.landing)
        return watcher.landing


@dataclass
class Landing:
    """What a transaction changed."""

    units: int
    fee: int
    """Lamports."""
    tokens: dict[str, tuple[int, int]]
    """Token account -> atoms before and after."""
    lamports: dict[str, tuple[int, int]]
    created: set[str]


@contextmanager
def builder_of(world: World, folder: Path) -> Iterator[Builder]:
    """The routes over HTTP-like requests, the world's chain behind real JSON-RPC."""
    with serving(world.local) as endpoints, builder_at(world, endpoints.http, folder) as builder:
        yield builder


@contextmanager
def builder_at(world: World, url: str, folder: Path, rate: int = 0) -> Iterator[Builder]:
    """The same for any node."""
    with app_at(world, url, folder, rate) as (app, context), TestClient(app) as client:
        yield Builder(world, client, url, context)


@contextmanager
def app_at(world: World, url: str, folder: Path, rate: int = 0) -> Iterator[tuple[Litestar, ApiContext]]:
    """An app of these routes alone. The database has no tables: none of them may depend on the index."""
    address = read_url(f"sqlite:///{folder / 'api.db'}")
    with Database(open_engine(address), address) as database:
        project = load_project()
        chain = FailoverChain([url])
        context = ApiContext(
            settings=read_settings({"rpc": [url]}, {}, project),
            project=project,
            at=world.at,
            parameters=world.parameters,
            database=database,
            now=lambda: world.now,
            chain=chain,
        )
        plugins = [ApiPlugin(context, ApiOptions(rate=rate)), VerifyPlugin()]
        yield Litestar([*BUILD, *VERIFY], plugins=plugins, on_shutdown=[chain.close]), context


def sign(wire: str, user: User) -> VersionedTransaction:
    """As a wallet does it: the user's signature over the very bytes."""
    message = VersionedTransaction.from_bytes(b64decode(wire)).message
    assert message.account_keys[0] == user.key and message.header.num_required_signatures == 1
    return VersionedTransaction.populate(message, [user.pair.sign_message(to_bytes_versioned(message))])


def compare(built: Any, landing: Landing) -> None:
    """Every balance, fee, rent, new account and compute unit, to the atom and lamport."""
    simulation, summary = built["simulation"], built["summary"]
    assert simulation["success"] is True and simulation["code"] is None
    said = {one["address"]: (int(one["before"]), int(one["after"])) for one in simulation["tokens"]}
    assert {key: pair for key, pair in said.items() if pair[0] != pair[1]} == landing.tokens
    for one in simulation["tokens"]:
        assert int(one["after"]) - int(one["before"]) == int(one["change"])
    sol = {one["address"]: (int(one["before"]), int(one["after"])) for one in simulation["lamports"]}
    assert sol == landing.lamports
    assert {one["address"] for one in summary["accounts_created"]} == landing.created
    payer = built["fee_payer"]
    before, after = landing.lamports[payer]
    assert before - after == int(simulation["network_fee"]) + int(summary["rent"])
    assert landing.fee == int(simulation["network_fee"])
    assert landing.units == simulation["units"]
    moved: dict[str, int] = {}
    for transfer in summary["transfers"]:
        if transfer["unit"] == "atoms":
            moved[transfer["source"]] = moved.get(transfer["source"], 0) - int(transfer["amount"])
            moved[transfer["destination"]] = moved.get(transfer["destination"], 0) + int(transfer["amount"])
    assert {key: change for key, change in moved.items() if change} == {
        key: pair[1] - pair[0] for key, pair in landing.tokens.items()
    }


def read_problem(answer: Any, status: int) -> tuple[str, str]:
    """Code and detail of a problem document."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    document = answer.json()
    assert document["status"] == status
    assert document["type"] == f"urn:percosec:problem:{document['code']}"
    assert document["title"] and document["detail"]
    return document["code"], document["detail"]


def _held(answer: Any, method: str, path: str) -> Any:
    """The body of a request that succeeded, and keeps what the document promises."""
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert_promised(method, path, 200, body)
    return body


class _Watcher:
    """Keeps what the last transaction changed."""

    def __init__(self) -> None:
        self.landing: Landing | None = None

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        tokens, lamports, created = {}, {}, set()
        for address, before, after in changes:
            pair = _atoms(before), _atoms(after)
            if pair[0] != pair[1]:
                tokens[str(address)] = pair
            sol = before.lamports if before else 0, after.lamports if after else 0
            if sol[0] != sol[1]:
                lamports[str(address)] = sol
            if after is not None and after.data and (before is None or not before.data):
                created.add(str(address))
        self.landing = Landing(record.units, record.fee, tokens, lamports, created)

    def slot_changed(self, slot: int, parent: int) -> None:
        pass


def _atoms(account: Account | None) -> int:
    if account is None or account.owner != TOKEN_PROGRAM:
        return 0
    return token_balance(account, Pubkey.default()).amount


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Pubkey) else value for name, value in body.items()}
