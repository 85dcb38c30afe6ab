"""Every call and event of a market's life in our words, and why transactions failed."""

import copy
from typing import Any

import pytest

from offchain.chain.events import parse_events
from offchain.indexer.decode import Decoded, decode
from offchain.indexer.decode.calls import Call, match
from offchain.indexer.decode.idl import event_writers, instructions_of
from offchain.indexer.errors import NodeLieError
from offchain.indexer.raw import read_raw
from tests.support.lives import documents, lived_world
from tests.support.world import World


@pytest.fixture(scope="module")
def life() -> World:
    return lived_world()


def test_every_call_of_ours_has_its_name_and_every_event_the_path_of_a_call_of_its_program(life: World) -> None:
    seen: set[str] = set()
    for document in documents(life):
        decoded = decode(read_raw(document))
        by_path = {call.path: call for call in decoded.instructions}
        assert len(by_path) == len(decoded.instructions)
        assert not decoded.truncated
        assert all(call.name for call in decoded.instructions if call.program in life.at.deployed)
        for number, event in enumerate(decoded.events):
            assert event.number == number
            assert by_path[event.path].program == event.program
            assert event.market_id in (by_path[event.path].market_id, None)
            seen.add(event.name)
    assert {"Deposited", "PriceAccepted", "ScoreUpdated", "PremiumsRouted", "ClaimEvent", "WithdrawalExecuted"} <= seen


def test_events_are_those_of_the_parser_in_its_order(life: World) -> None:
    for document in documents(life):
        raw = read_raw(document)
        if raw.err is None:
            assert [event.event for event in decode(raw).events] == parse_events(raw.logs).events


def test_a_call_inside_a_call_inside_a_call(life: World) -> None:
    decoded = _with(life, "credit_premium")
    paths = {call.path: (call.program, call.name) for call in decoded.instructions}
    credit = next(call for call in decoded.instructions if call.name == "credit_premium")
    assert credit.path.count(".") == 1
    assert paths[credit.path.partition(".")[0]] == ("premium_manager", "route_premiums")
    assert paths[f"{credit.path}.0"][1] is None, "the token program's transfer"
    assert set(credit.args) == {"amount", "epoch", "arrears", "acknowledged"}
    assert credit.market_id == str(life.market.id)
    event = next(event for event in decoded.events if event.name == "PremiumCredited")
    assert event.path == credit.path
    assert event.data["amount"] == credit.args["amount"], "64 bits are decimal strings on both sides"
    assert event.data["pool_after"]["total_shares"].isdecimal()
    assert credit.accounts["vault"] == str(life.market.m.pool_vault)


def test_a_failed_transaction_has_its_calls_and_a_cause_but_no_events(life: World) -> None:
    failed = [decode(raw) for raw in map(read_raw, documents(life)) if raw.err is not None]
    assert [(found.error.code, found.error.program) for found in failed if found.error] == [
        ("E_MIN_DEPOSIT", "insurance_pool")
    ]
    assert [call.name for call in failed[0].instructions if call.program == "insurance_pool"] == ["deposit"]
    assert failed[0].events == []


def test_logs_that_end_early_or_lack_calls_are_marked(life: World) -> None:
    document = copy.deepcopy(documents(life)[-1])
    logs = document["meta"]["logMessages"]
    whole = decode(read_raw(document))
    for cut in ([*logs[:2], "Log truncated"], logs[:2], [], None):
        document["meta"]["logMessages"] = cut
        decoded = decode(read_raw(document))
        assert decoded.truncated
        assert len(decoded.events) < len(whole.events)
        assert [call.path for call in decoded.instructions] == [call.path for call in whole.instructions]


def test_logs_of_another_transaction_are_no_truth(life: World) -> None:
    *_, one = documents(life)
    other = max(documents(life), key=lambda document: len(document["meta"]["logMessages"]))
    mixed = copy.deepcopy(one)
    mixed["meta"]["logMessages"] = other["meta"]["logMessages"]
    with pytest.raises(NodeLieError, match="tell of calls that it does not make: use another node"):
        decode(read_raw(mixed))


@pytest.mark.parametrize("broken", [{}, {"meta": None}, {"slot": 1, "meta": {}, "transaction": []}])
def test_an_answer_that_is_no_transaction(broken: dict[str, Any]) -> None:
    with pytest.raises(NodeLieError, match="is no transaction"):
        read_raw(broken)


def test_an_instruction_that_names_accounts_beyond_the_list(life: World) -> None:
    document = copy.deepcopy(documents(life)[-1])
    document["transaction"]["message"]["instructions"][0]["accounts"] = [250]
    with pytest.raises(NodeLieError, match="makes no sense"):
        decode(read_raw(document))


def test_zero_characters_in_logs_can_be_stored(life: World) -> None:
    document = copy.deepcopy(documents(life)[-1])
    document["meta"]["logMessages"].insert(1, "Program log: \0")
    raw = read_raw(document)
    assert raw.logs[1] == "Program log: \N{REPLACEMENT CHARACTER}"
    assert raw.document["meta"]["logMessages"] == raw.logs
    assert document["meta"]["logMessages"][1] == "Program log: \0"


def test_calls_without_logs_are_passed_over() -> None:
    calls = _calls([("precompile", 1), ("a", 1), ("b", 2), ("a", 1)])
    assert match([("a", 1), ("b", 2), ("a", 1)], calls) == [1, 2, 3]
    assert match([("a", 1), ("c", 2)], calls) is None


def test_every_event_and_instruction_can_be_written() -> None:
    assert len(event_writers()) > 80
    for program in World.bare().at.deployed:
        assert instructions_of(program)


def _with(world: World, name: str) -> Decoded:
    for document in reversed(documents(world)):
        decoded = decode(read_raw(document))
        if any(call.name == name for call in decoded.instructions):
            return decoded
    raise AssertionError(name)


def _calls(listed: list[tuple[str, int]]) -> list[Call]:
    return [Call(str(number), depth, program, [], b"") for number, (program, depth) in enumerate(listed)]
