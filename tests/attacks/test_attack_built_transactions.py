"""Attacks on people who sign what the API built: on whom it pays, on what it says, and on the relay.

Incident class: signing blind. Wallets were emptied by front ends and nodes that showed one transaction and had another
one signed, by accounts swapped for others of the same type, and by numbers that wrapped around.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from based58 import b58decode, b58encode
from solders.account import Account
from solders.message import MessageV0, to_bytes_versioned
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.addresses import SYSTEM_PROGRAM
from offchain.chain.backends.nodes import Nodes
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from tests.support.building import Builder, builder_of, read_problem, sign
from tests.support.keys import User
from tests.support.world import World

USDC = 1_000_000


@pytest.fixture
def api(world: World, tmp_path: Path) -> Iterator[Builder]:
    """The routes."""
    with builder_of(world, tmp_path) as builder:
        yield builder


@pytest.fixture
def victim(world: World) -> User:
    """A provider with a position of 20 000 USDC."""
    owner = world.user(usdc="50000", name="victim")
    world.market.deposit(owner, "20000")
    return owner


@pytest.fixture
def thief(world: World) -> User:
    """Somebody with SOL and no capital."""
    return world.user(usdc="100", name="thief")


def _replace(wire: str, old: Pubkey, new: Pubkey) -> MessageV0:
    """The same message with another key in one place."""
    message = VersionedTransaction.from_bytes(b64decode(wire)).message
    assert isinstance(message, MessageV0)
    raw = bytes(to_bytes_versioned(message))
    assert bytes(old) in raw
    changed = raw.replace(bytes(old), bytes(new))
    return MessageV0.from_bytes(changed[1:])


def _signed(message: MessageV0, user: User) -> VersionedTransaction:
    return VersionedTransaction.populate(message, [user.pair.sign_message(to_bytes_versioned(message))])


def _wire(transaction: VersionedTransaction) -> str:
    return b64encode(bytes(transaction)).decode()


def test_attack_position_of_another_market(world: World, api: Builder, victim: User) -> None:
    """A position lies at an address of its market: in another market there is none to take."""
    other = world.open_market(index=1)
    body = {"provider": victim.key, "market": other.id, "entry_epoch": world.epoch}
    for route in ("request-withdrawal", "cancel-withdrawal", "execute-withdrawal"):
        assert api.refused(route, 404, **body)[0] == "not_found"


def test_attack_vault_of_another_market(world: World, api: Builder, victim: User) -> None:
    """The pool checks its own vault: a message with another market's is refused, and nothing is sent."""
    other = world.open_market(index=1)
    built = api.post("deposit", provider=victim.key, market=world.market.id, amount="10000000")
    message = _replace(built["transaction"], world.market.m.pool_vault, other.m.pool_vault)
    code, _ = api.refused("send", transaction=_wire(_signed(message, victim)))
    assert code in ("E_VAULT", "ACCOUNT_SEEDS")


def test_attack_request_in_somebody_elses_name(world: World, api: Builder, victim: User, thief: User) -> None:
    """Anyone may have the victim's transaction built; only the victim's key can sign it."""
    built = api.post("request-withdrawal", provider=victim.key, market=world.market.id, entry_epoch=world.epoch)
    assert built["fee_payer"] == str(victim.key) and built["summary"]["signers"] == [str(victim.key)]
    unsigned = VersionedTransaction.from_bytes(b64decode(built["transaction"]))
    signature = thief.pair.sign_message(to_bytes_versioned(unsigned.message))
    forged = VersionedTransaction.populate(unsigned.message, [signature])
    assert api.refused("send", transaction=_wire(forged))[0] == "NOT_SIGNED"
    own = _signed(_replace(built["transaction"], victim.key, thief.key), thief)
    assert api.refused("send", transaction=_wire(own))[0] in ("ACCOUNT_SEEDS", "E_AUTHORITY")
    assert world.market.position_of(victim, world.epoch).requested_shares == 0


def test_attack_payment_to_the_caller(world: World, api: Builder, victim: User, thief: User) -> None:
    """From the forced date on anyone may execute, and the money still goes to the provider alone."""
    entry = world.epoch
    world.market.request(victim, entry)
    world.go_to_epoch(entry + 96 + 1344)
    body = {"provider": victim.key, "caller": thief.key, "market": world.market.id, "entry_epoch": entry}
    built = api.post("execute-withdrawal", **body)
    (paid,) = [one for one in built["summary"]["transfers"] if one["unit"] == "atoms"]
    assert paid["destination_owner"] == str(victim.key)
    stolen = _signed(_replace(built["transaction"], victim.token, thief.token), thief)
    assert api.refused("send", transaction=_wire(stolen))[0] == "E_RELATION"
    before = world.balance(thief)
    api.sign_and_send(built, thief)
    assert world.balance(thief) == before


def test_attack_wrong_fee_payer(world: World, api: Builder, victim: User, thief: User) -> None:
    """Nobody can be made to pay for another's transaction without signing it."""
    built = api.post("deposit", provider=victim.key, market=world.market.id, amount="10000000")
    message = VersionedTransaction.from_bytes(b64decode(built["transaction"])).message
    keys = [thief.key, *message.account_keys]
    assert built["fee_payer"] == str(message.account_keys[0]) == str(victim.key)
    swapped = _replace(built["transaction"], victim.key, keys[0])
    assert api.refused("send", transaction=_wire(_signed(swapped, victim)))[0] == "NOT_SIGNED"


@pytest.mark.parametrize("amount", [str(10**18), str((1 << 63) - 1), str((1 << 64) - 1), "1" + "0" * 19])
def test_attack_oversized_amounts(world: World, api: Builder, victim: User, amount: str) -> None:
    """No number wraps around: each is refused before anything is built."""
    body = {"provider": victim.key, "market": world.market.id}
    assert api.refused("deposit", **body, amount=amount)[0] == "E_BALANCE"
    position = body | {"entry_epoch": world.epoch}
    assert api.refused("request-withdrawal", **position, shares=amount)[0] == "E_AMOUNT"
    assert api.refused("request-withdrawal", **position, amount=amount)[0] == "E_AMOUNT"


@pytest.mark.parametrize(
    "text", ["", "0" * 44, "l" * 44, "I0Ol" * 11, "\u0000" * 40, "🦀" * 34, "A" * 10_000, "../" * 14]
)
def test_attack_garbage_keys(world: World, api: Builder, victim: User, text: str) -> None:
    """Keys that are none end as a problem document, never as an error of ours."""
    for field in ("provider", "market"):
        body: dict[str, Any] = {"provider": str(victim.key), "market": str(world.market.id), "amount": "10000000"}
        answer = api.client.post("/v1/transactions/deposit", json=body | {field: text})
        assert answer.status_code in (400, 404), answer.text
        assert read_problem(answer, answer.status_code)[0] in ("invalid_key", "invalid_parameter", "not_found")


def test_attack_share_price_moved_under_a_signature(world: World, api: Builder, victim: User) -> None:
    """Between building and landing the price may move by the slippage and no further."""
    newcomer = world.user(usdc="1000", name="newcomer")
    body = {"provider": newcomer.key, "market": world.market.id, "amount": "100000000", "slippage_bps": 100}
    built = api.post("deposit", **body)
    pool = world.market.pool()
    world.edit(InsurancePool, world.market.m.pool, available_balance=pool.available_balance * 102 // 100)
    assert api.refused("send", transaction=_wire(sign(built["transaction"], newcomer)))[0] == "E_SLIPPAGE"
    world.edit(InsurancePool, world.market.m.pool, available_balance=pool.available_balance * 1_009 // 1_000)
    world.chain.send(sign(built["transaction"], newcomer))
    shares = world.market.position_of(newcomer, world.epoch).shares
    assert int(built["summary"]["receives"]["shares_at_least"]) <= shares < int(built["summary"]["receives"]["shares"])


def test_attack_lamports_on_the_position_before_it_exists(world: World, api: Builder, thief: User) -> None:
    """A stranger's gift to the address changes rent and instructions; the summary still fits to the lamport."""
    owner = world.user(usdc="1000", name="gifted")
    place = world.market.m.provider_position(owner.key, world.epoch)
    world.local.set_account(place, Account(900_000, b"", SYSTEM_PROGRAM))
    built = api.post("deposit", provider=owner.key, market=world.market.id, amount="10000000")
    api.sign_and_send(built, owner)
    (created,) = built["summary"]["accounts_created"]
    account = world.chain.account(place)
    assert account is not None and int(created["rent"]) == account.lamports - 900_000


@pytest.mark.parametrize("lie", ["no transfers", "another amount", "another balance", "no accounts", "silence"])
def test_attack_lying_node(world: World, api: Builder, victim: User, lie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that hides a payment, or tells another one, gets no transaction out of the API."""
    truth = Nodes.ask

    async def ask(self: Nodes, method: str, *params: Any, read: Any = lambda answer: answer) -> Any:
        if method != "simulateTransaction":
            return await truth(self, method, *params, read=read)
        answer = await truth(self, method, *params)
        return read(_lie(answer, lie, world))

    monkeypatch.setattr(Nodes, "ask", ask)
    body = {"provider": victim.key, "market": world.market.id, "amount": "10000000"}
    answer = api.client.post("/v1/transactions/deposit", json={name: str(value) for name, value in body.items()})
    assert answer.status_code in (500, 503), answer.text
    assert "transaction" not in answer.json()


def test_attack_lying_about_a_payment_to_another(
    world: World, api: Builder, victim: User, thief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who executes for a provider is not told another amount either, though none of the accounts is theirs."""
    entry = world.epoch
    world.market.request(victim, entry)
    world.go_to_epoch(entry + 96 + 1344)
    truth = Nodes.ask

    async def ask(self: Nodes, method: str, *params: Any, read: Any = lambda answer: answer) -> Any:
        answer = await truth(self, method, *params)
        return read(_lie(answer, "another amount", world) if method == "simulateTransaction" else answer)

    monkeypatch.setattr(Nodes, "ask", ask)
    body = {"provider": victim.key, "caller": thief.key, "market": world.market.id, "entry_epoch": entry}
    assert api.refused("execute-withdrawal", 503, **body)[0] in ("unavailable", "chain_moves")


def _lie(answer: Any, lie: str, world: World) -> Any:
    value = answer["value"]
    groups = value["innerInstructions"]
    if lie == "no transfers":
        value["innerInstructions"] = []
    elif lie == "another amount":
        _pay_less(groups)
    elif lie == "another balance":
        for account in value["accounts"]:
            account["lamports"] += 1
    elif lie == "no accounts":
        value["accounts"] = None
    else:
        value["innerInstructions"] = None
    return answer


def _pay_less(groups: list[Any]) -> None:
    for group in groups:
        for entry in group["instructions"]:
            data = b58decode(entry["data"].encode())
            if data[:1] == b"\x03":
                entry["data"] = b58encode(data[:1] + (1).to_bytes(8, "little")).decode()
