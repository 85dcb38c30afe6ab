"""`decode`: one transaction in our words."""

import struct
from typing import Any

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.errors import find_cause
from offchain.chain.events import parse_events
from offchain.chain.events.base import Event
from offchain.chain.logs import cut_off
from offchain.indexer.decode.calls import Call, calls_of, match
from offchain.indexer.decode.idl import event_writers, instructions_of, read_loose, to_json
from offchain.indexer.decode.model import Decoded, DecodedEvent, DecodedInstruction
from offchain.indexer.errors import NodeLieError
from offchain.indexer.raw import RawTransaction

MARKET_ACCOUNTS = ("market_id", "market")
"""How instructions name the market's own account."""


def decode(raw: RawTransaction, at: Addresses = LOCALNET) -> Decoded:
    """Instructions, events and, of a failed transaction, the cause; NodeLieError for an answer that makes no sense."""
    try:
        calls = calls_of(raw)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NodeLieError(f"{raw.signature} makes no sense as the node tells it ({error!r}): use another") from None
    names = {str(key): name for name, key in at.deployed.items()}
    if raw.err is not None:
        logs = raw.whole_logs
        return Decoded(_instructions(raw, calls, names, {}), [], cut_off(logs), find_cause(raw.err, logs, at))
    events, truncated = _events(raw, calls, names, at)
    # Many instructions name a market only by accounts derived from it; their events tell it.
    markets = {event.path: event.market_id for event in events if event.market_id}
    return Decoded(_instructions(raw, calls, names, markets), events, truncated, None)


def _instructions(
    raw: RawTransaction, calls: list[Call], names: dict[str, str], markets: dict[str, str]
) -> list[DecodedInstruction]:
    return [_instruction(raw, number, call, names, markets.get(call.path)) for number, call in enumerate(calls)]


def _instruction(
    raw: RawTransaction, position: int, call: Call, names: dict[str, str], market: str | None
) -> DecodedInstruction:
    program = names.get(call.program)
    known = instructions_of(program).get(call.data[:8]) if program else None
    args: dict[str, Any] = {}
    if known is not None:
        try:
            body = call.data[8:]
            values = known.layout.read(body) if known.layout else read_loose(known.args, body)
            args = {name: to_json(kind)(value) for (name, kind), value in zip(known.args, values, strict=True)}
        except (struct.error, IndexError):
            known = None  # too short for its own arguments: such a call fails in the program too
    named = known.accounts if known else ()
    accounts = {
        named[index] if index < len(named) else str(index): address for index, address in enumerate(call.accounts)
    }
    if known and market is None:
        market = args.get("market_id") or next((accounts[name] for name in MARKET_ACCOUNTS if name in accounts), None)
    return DecodedInstruction(
        raw.signature,
        call.path,
        position,
        program or call.program,
        known.name if known else None,
        market,
        args,
        accounts,
    )


def _events(
    raw: RawTransaction, calls: list[Call], names: dict[str, str], at: Addresses
) -> tuple[list[DecodedEvent], bool]:
    parsed = parse_events(raw.whole_logs, at)
    matched = match([(str(program), depth) for program, depth in parsed.invoked], calls)
    if matched is None:
        raise NodeLieError(f"the logs of {raw.signature} tell of calls that it does not make: use another node")
    # A node that keeps no logs, or lost some of them without saying so, shows fewer of our calls than were made.
    told = set(matched)
    silent = any(call.program in names and number not in told for number, call in enumerate(calls))
    events = [
        _event(raw, number, found.event, calls[matched[found.call]].path) for number, found in enumerate(parsed.emitted)
    ]
    return events, parsed.truncated or silent


def _event(raw: RawTransaction, number: int, event: Event, path: str) -> DecodedEvent:
    data = event_json(event)
    epoch = data.get("epoch")
    return DecodedEvent(
        signature=raw.signature,
        number=number,
        slot=raw.slot,
        position=raw.position,
        block_time=raw.block_time,
        path=path,
        program=event.PROGRAM,
        name=type(event).__name__,
        market_id=data.get("market_id"),
        actor=data.get("actor"),
        epoch=None if epoch is None else int(epoch),
        data=data,
        event=event,
    )


def event_json(event: Event) -> dict[str, Any]:
    """Every field of an event: 64-bit integers as decimal strings, keys in base58."""
    return {name: write(getattr(event, name)) for name, write in event_writers()[type(event)]}
