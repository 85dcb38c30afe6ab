"""Events: typed, tied to their program, and never believed from anyone else."""

import pytest
from anchorpy import EventParser, Idl, Program, Provider, Wallet
from solana.rpc.async_api import AsyncClient
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import codegen
from offchain.chain.addresses import LOCALNET
from offchain.chain.events import parse_events
from offchain.chain.events.generated import EVENTS
from offchain.chain.events.generated.insurance_pool import Deposited
from offchain.chain.events.generated.risk_engine import PriceAccepted
from offchain.chain.idl import load_idl
from offchain.settings.paths import ARTIFACTS
from tests.support.market import Market
from tests.support.world import World


@pytest.mark.parametrize("path", sorted(codegen.texts()), ids=lambda path: path.name)
def test_generated_classes_follow_the_idls(path: object) -> None:
    expected = codegen.texts()[path]
    assert path.read_text(encoding="utf-8") == expected, "run: python -m offchain.chain.codegen"


def test_every_event_of_every_idl_has_a_class() -> None:
    named = {(event.PROGRAM, event.__name__) for event in EVENTS}
    assert named == {(p, event["name"]) for p in LOCALNET.deployed for event in load_idl(p).get("events", [])}
    assert len({(event.PROGRAM, event.DISCRIMINATOR) for event in EVENTS}) == len(EVENTS)


def test_a_price_event(world: World) -> None:
    world.advance(seconds=60)
    event = world.push_price("8100.5", conf="2").event(PriceAccepted)
    assert (event.before, event.after) == (8_000_000_000, 8_100_500_000)
    assert event.conf == 2_000_000
    assert event.publish_time == world.now


def test_nested_structures(world: World, market: Market) -> None:
    provider = world.user(usdc="500")
    event = market.deposit(provider, "500").event(Deposited)
    assert event.actor == provider.key
    assert event.pool_after.available_balance == market.pool().available_balance == 500_000_000
    assert event.pool_before.available_balance == 0
    assert event.position_after.shares == market.position_of(provider, world.epoch).shares


def test_anchorpy_reads_the_same_values(world: World) -> None:
    world.advance(seconds=60)
    sent = world.push_price("8100.5")
    idl = Idl.from_json((ARTIFACTS / "idl" / "risk_engine.json").read_text(encoding="utf-8"))
    program = Program(idl, LOCALNET.risk_engine, Provider(AsyncClient(), Wallet(Keypair())))
    theirs = []
    EventParser(LOCALNET.risk_engine, program.coder).parse_logs(sent.logs, theirs.append)
    ours = sent.event(PriceAccepted)
    assert [event.name for event in theirs] == ["PriceAccepted"]
    assert all(getattr(ours, name) == getattr(theirs[0].data, name) for name in PriceAccepted.__slots__)


def as_program(logs: list[str], program: Pubkey) -> list[str]:
    """The same logs, written by another program."""
    return [line.replace(str(LOCALNET.risk_engine), str(program)) for line in logs]


def test_a_foreign_program_cannot_forge_an_event(world: World) -> None:
    world.advance(seconds=60)
    logs = world.push_price().logs
    assert len(parse_events(logs).emitted) == 1
    assert parse_events(as_program(logs, Pubkey.new_unique())).emitted == ()
    pretending = [f"Program log: Program {LOCALNET.risk_engine} invoke [2]", *[x for x in logs if "data:" in x]]
    foreign = Pubkey.new_unique()
    forged = [f"Program {foreign} invoke [1]", *pretending, f"Program {foreign} success"]
    assert parse_events(forged).emitted == ()
    assert parse_events(forged).unknown == 0


def test_one_program_of_ours_cannot_speak_for_another(world: World) -> None:
    world.advance(seconds=60)
    parsed = parse_events(as_program(world.push_price().logs, LOCALNET.demo_market))
    assert parsed.emitted == ()
    assert parsed.unknown == 1


def test_truncated_logs_are_reported(world: World) -> None:
    world.advance(seconds=60)
    logs = world.push_price().logs
    cut = next(index for index, line in enumerate(logs) if "data:" in line)
    assert parse_events([*logs[:cut], "Log truncated"]).truncated
    partly = parse_events([*logs[: cut + 1], "Log truncated"])
    assert partly.truncated
    assert len(partly.emitted) == 1


@pytest.mark.parametrize("data", ["not base64!", "AAAA", "AAAAAAAAAAAAAAAA"])
def test_unreadable_data_of_ours_is_counted(data: str) -> None:
    program = LOCALNET.risk_engine
    parsed = parse_events([f"Program {program} invoke [1]", f"Program data: {data}", f"Program {program} success"])
    assert parsed.unknown == 1
