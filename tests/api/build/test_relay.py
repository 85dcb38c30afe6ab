"""Trying, sending and following transactions."""

from base64 import b64decode, b64encode
from typing import Any

import pytest
from solders.hash import Hash
from solders.instruction import Instruction
from solders.message import Message, MessageV0, to_bytes_versioned
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.system_program import TransferParams, transfer
from solders.transaction import VersionedTransaction

from offchain.chain.instructions import insurance_pool
from offchain.chain.tokens import transfer as token_transfer
from offchain.chain.transactions import build
from offchain.localnet.errors import TransactionRefusedError
from tests.support.building import Builder, read_problem, sign
from tests.support.keys import User
from tests.support.world import World


def _wire(transaction: VersionedTransaction) -> str:
    return b64encode(bytes(transaction)).decode()


def _send(api: Builder, transaction: VersionedTransaction) -> Any:
    return api.client.post("/v1/transactions/send", json={"transaction": _wire(transaction)})


def _messages(world: World, provider: User) -> list[Message | MessageV0]:
    """A deposit with each kind of message, with the chain's present blockhash."""
    step = insurance_pool.deposit(provider.key, world.market.id, provider.token, 10_000_000, 0, world.epoch)
    blockhash = world.chain.blockhash()
    return [
        Message.new_with_blockhash([step], provider.key, blockhash),
        MessageV0.try_compile(provider.key, [step], [], blockhash),
    ]


@pytest.fixture
def built(world: World, api: Builder, provider: User) -> Any:
    """A deposit."""
    return api.post("deposit", provider=provider.key, market=world.market.id, amount="20000000")


def test_what_was_built_is_sent_and_confirmed(world: World, api: Builder, provider: User, built: Any) -> None:
    signed = sign(built["transaction"], provider)
    signature = str(signed.signatures[0])
    height = built["lifetime"]["last_valid_block_height"]
    where = f"transactions/{signature}/confirmation"
    assert api.get(where, last_valid_block_height=height)["state"] == "unknown"
    answer = _send(api, signed)
    assert (answer.status_code, answer.json()) == (202, {"signature": signature, "repeated": False})
    assert world.market.position_of(provider, world.epoch).deposited_amount == 20_000_000
    record = world.local.transaction(signed.signatures[0])
    assert record is not None
    found = api.get(where, last_valid_block_height=height)
    assert (found["state"], found["slot"], found["code"]) == ("confirmed", str(record.slot), None)
    assert _send(api, signed).json() == {"signature": signature, "repeated": True}


def test_what_never_lands_is_told_apart_from_what_is_late(world: World, api: Builder, built: Any) -> None:
    where = f"transactions/{Signature.default()}/confirmation"
    assert api.get(where, last_valid_block_height=10**9)["state"] == "unknown"
    world.advance(seconds=3_600)
    assert api.get(where, last_valid_block_height=0)["state"] == "expired"
    assert api.get(where)["state"] == "unknown"
    assert api.get_refused("transactions/0OIl/confirmation", 400)[0] == "invalid_signature"


def test_a_transaction_that_failed_on_the_chain_says_why(world: World, api: Builder, provider: User) -> None:
    step = insurance_pool.deposit(provider.key, world.market.id, provider.token, 5, 0, world.epoch)
    failed = build([step], [provider.pair], world.chain.blockhash())
    world.local.send(failed)
    found = api.get(f"transactions/{failed.signatures[0]}/confirmation")
    assert (found["state"], found["code"]) == ("failed", "E_MIN_DEPOSIT") and "at least 10 USDC" in found["advice"]


def test_a_simulation_shows_what_is_about_to_be_signed(world: World, api: Builder, provider: User, built: Any) -> None:
    again = api.post("simulate", transaction=built["transaction"])
    assert again["fee_payer"] == str(provider.key)
    assert again["instructions"] == built["summary"]["instructions"]
    assert again["simulation"]["units"] == built["simulation"]["units"]
    assert [one["change"] for one in again["simulation"]["tokens"]] == [
        one["change"] for one in built["simulation"]["tokens"]
    ]
    world.send(insurance_pool.stop_deposits(world.guardian.key))
    failing = api.post("simulate", transaction=built["transaction"])["simulation"]
    assert failing["success"] is False and failing["code"] == "E_PAUSED" and "72 hours" in failing["advice"]
    assert failing["tokens"] == failing["transfers"] == []


def test_a_refusal_at_the_last_moment_sends_nothing(world: World, api: Builder, provider: User, built: Any) -> None:
    world.send(insurance_pool.stop_deposits(world.guardian.key))
    count = world.local.transaction_count
    assert read_problem(_send(api, sign(built["transaction"], provider)), 422)[0] == "E_PAUSED"
    assert world.local.transaction_count == count


def test_an_expired_transaction_is_told_so(world: World, api: Builder, provider: User, built: Any) -> None:
    world.advance(seconds=300)
    code, detail = read_problem(_send(api, sign(built["transaction"], provider)), 422)
    assert code == "EXPIRED" and "build and sign it again" in detail


def test_unsigned_and_wrongly_signed_ones_are_refused(world: World, api: Builder, built: Any) -> None:
    unsigned = VersionedTransaction.from_bytes(b64decode(built["transaction"]))
    code, detail = read_problem(_send(api, unsigned), 422)
    assert code == "NOT_SIGNED" and built["fee_payer"] in detail
    stranger = world.keeper.pair.sign_message(b"something else")
    forged = VersionedTransaction.populate(unsigned.message, [stranger])
    assert read_problem(_send(api, forged), 422)[0] == "NOT_SIGNED"


@pytest.mark.parametrize("kind", ["sol", "tokens", "foreign", "nothing of ours"])
def test_the_relay_is_no_node_for_others(world: World, api: Builder, provider: User, kind: str) -> None:
    ours = insurance_pool.deposit(provider.key, world.market.id, provider.token, 10_000_000, 0, world.epoch)
    steps: dict[str, list[Instruction]] = {
        "sol": [transfer(TransferParams(from_pubkey=provider.key, to_pubkey=world.keeper.key, lamports=1)), ours],
        "tokens": [token_transfer(provider.token, world.keeper.token, provider.key, 1), ours],
        "foreign": [ours, Instruction(Pubkey.from_bytes(bytes([7]) * 32), b"x", [])],
        "nothing of ours": [],
    }
    message = MessageV0.try_compile(provider.key, steps[kind], [], world.chain.blockhash())
    transaction = VersionedTransaction(message, [provider.pair])
    count = world.local.transaction_count
    assert read_problem(_send(api, transaction), 422)[0] == "foreign_program"
    body = {"transaction": _wire(transaction)}
    assert read_problem(api.client.post("/v1/transactions/simulate", json=body), 422)[0] == "foreign_program"
    assert world.local.transaction_count == count


@pytest.mark.parametrize(
    "wire", ["A" * 100, "=" * 200, "!" * 120, b64encode(bytes(300)).decode(), b64encode(b"\xff" * 400).decode()]
)
def test_garbage_is_no_transaction(api: Builder, wire: str) -> None:
    for route in ("send", "simulate"):
        assert api.refused(route, 400, transaction=wire)[0] == "invalid_transaction"


def test_bytes_behind_a_transaction_are_refused(api: Builder, built: Any, provider: User) -> None:
    raw = bytes(sign(built["transaction"], provider)) + b"\0"
    assert api.refused("send", 400, transaction=b64encode(raw).decode())[0] == "invalid_transaction"


def test_indices_that_point_nowhere_are_refused(world: World, api: Builder, provider: User) -> None:
    for message in _messages(world, provider):
        raw = bytes(VersionedTransaction.populate(message, [provider.pair.sign_message(to_bytes_versioned(message))]))
        for place in range(raw.index(bytes(world.chain.blockhash())) + 32, len(raw)):
            changed = raw[:place] + b"\xfa" + raw[place + 1 :]
            answer = api.client.post("/v1/transactions/send", json={"transaction": b64encode(changed).decode()})
            code, _ = read_problem(answer, 400 if answer.status_code == 400 else 422)
            assert code in ("invalid_transaction", "foreign_program", "lookup_tables", "NOT_SIGNED"), place


def test_the_embedded_chain_agrees_on_what_expired_means(world: World, provider: User, built: Any) -> None:
    world.advance(seconds=300)
    with pytest.raises(TransactionRefusedError):
        world.local.send(sign(built["transaction"], provider), preflight=True)
    assert Hash.from_string(built["lifetime"]["blockhash"]) != world.chain.blockhash()
