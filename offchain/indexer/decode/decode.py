"""`decode`: one transaction in our words."""

from collections.abc import Iterable
from functools import cache

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.errors import find_cause
from offchain.chain.logs import cut_off
from offchain.indexer.decode.calls import Call, calls_of, match
from offchain.indexer.decode.instructions import decode_instruction
from offchain.indexer.decode.model import Decoded, DecodedEvent, DecodedInstruction
from offchain.indexer.decode.told import read_logs
from offchain.indexer.errors import NodeLieError
from offchain.indexer.quiet import uncollected
from offchain.indexer.raw import RawTransaction


def decode(raw: RawTransaction, at: Addresses = LOCALNET) -> Decoded:
    """Instructions, events and, of a failed transaction, the cause; NodeLieError for an answer that makes no sense."""
    try:
        calls = calls_of(raw)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise NodeLieError(f"{raw.signature} makes no sense as the node tells it ({error!r}): use another") from None
    names = _names(at)
    if raw.err is not None:
        logs = raw.whole_logs
        return Decoded(_instructions(raw, calls, names, {}), [], cut_off(logs), find_cause(raw.err, logs, at))
    events, truncated = _events(raw, calls, names, at)
    # Many instructions name a market only by accounts derived from it; their events tell it.
    markets = {event.path: event.market_id for event in events if event.market_id}
    return Decoded(_instructions(raw, calls, names, markets), events, truncated, None)


def decode_all(raws: Iterable[RawTransaction], at: Addresses = LOCALNET) -> list[tuple[RawTransaction, Decoded]]:
    """Many at once, each with what is in it."""
    with uncollected():
        return [(raw, decode(raw, at)) for raw in raws]


def _instructions(
    raw: RawTransaction, calls: list[Call], names: dict[str, str], markets: dict[str, str]
) -> list[DecodedInstruction]:
    signature = raw.signature
    return [
        decode_instruction(signature, number, call, names.get(call.program), markets.get(call.path))
        for number, call in enumerate(calls)
    ]


def _events(
    raw: RawTransaction, calls: list[Call], names: dict[str, str], at: Addresses
) -> tuple[list[DecodedEvent], bool]:
    told = read_logs(raw.whole_logs, at)
    matched = match(told.invoked, calls)
    if matched is None:
        raise NodeLieError(f"the logs of {raw.signature} tell of calls that it does not make: use another node")
    # A node that keeps no logs, or lost some of them without saying so, shows fewer of our calls than were made.
    silent = False
    if len(matched) < len(calls):
        seen = set(matched)
        silent = any(call.program in names and number not in seen for number, call in enumerate(calls))
    signature, slot, position, time = raw.signature, raw.slot, raw.position, raw.block_time
    events = [
        DecodedEvent(
            signature,
            number,
            slot,
            position,
            time,
            calls[matched[call]].path,
            event.PROGRAM,
            type(event).__name__,
            market,
            actor,
            epoch,
            event,
            text,
        )
        for number, (call, event, text, market, actor, epoch) in enumerate(told.events)
    ]
    return events, told.truncated or silent


@cache
def _names(at: Addresses) -> dict[str, str]:
    return {str(key): name for name, key in at.deployed.items()}
