"""Readers made to measure read what the general ones read, whatever the bytes."""

import json
import random

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.base import Event
from offchain.chain.events.generated import EVENTS
from offchain.indexer.decode.calls import Call
from offchain.indexer.decode.compiled import event_reader
from offchain.indexer.decode.idl import event_json, instructions_of, read_loose, to_json
from offchain.indexer.decode.instructions import decode_instruction
from offchain.indexer.decode.keys import KeyTexts


@pytest.mark.parametrize("kind", EVENTS, ids=lambda kind: f"{kind.PROGRAM}.{kind.__name__}")
def test_events(kind: type[Event]) -> None:
    chance = random.Random(kind.__name__)
    read = event_reader(kind)
    for _ in range(20):
        body = chance.randbytes(kind.LAYOUT.size)
        event, text, market, actor, epoch = read(body)
        assert event == kind.decode(body)
        data = event_json(event)
        assert json.loads(text) == data
        told = (market, actor, None if epoch is None else str(epoch))
        assert told == (data.get("market_id"), data.get("actor"), data.get("epoch"))


@pytest.mark.parametrize("program", sorted(LOCALNET.deployed))
def test_instructions(program: str) -> None:
    chance = random.Random(program)
    for discriminator, known in instructions_of(program).items():
        accounts = [f"account {number}" for number in range(len(known.accounts) + 1)]
        body = chance.randbytes(400)
        call = Call("0", 1, "program", accounts, discriminator + body)
        found = decode_instruction("signature", 0, call, program, None)
        values = known.layout.read(body) if known.layout else read_loose(known.args, body)
        written = {name: to_json(kind)(value) for (name, kind), value in zip(known.args, values, strict=True)}
        assert (found.name, found.args) == (known.name, written)
        assert list(found.accounts) == [*known.accounts, str(len(known.accounts))]
        assert list(found.accounts.values()) == accounts
        if known.args:
            call.data = call.data[:8]
            assert decode_instruction("signature", 0, call, program, None).name is None, "too short"


def test_keys_are_written_once_and_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offchain.indexer.decode.keys.MAX_KEPT", 3)
    keys = KeyTexts()
    first = keys[bytes(32)]
    assert keys[bytes(32)] is first
    assert first == (first[0], "1" * 32)
    for number in range(10):
        assert bytes(keys[number.to_bytes(32, "big")][0])[-1] == number
    assert len(keys) <= 3
