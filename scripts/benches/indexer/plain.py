"""What one would write without this indexer: solana-py's types, anchorpy's EventParser, and the ORM's objects.

It takes another way to the same rows: another reader of JSON, instructions and events, and one object for each row,
added to the session by itself. Only the rules of projections and histories are ours on both sides; here each changed
row is merged after its event. There is one commit for 200 transactions.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from based58 import b58decode
from solders.pubkey import Pubkey
from solders.rpc.responses import GetTransactionResp
from sqlalchemy.orm import registry
from sqlmodel import Session

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.errors import find_cause
from offchain.database.database import Database
from offchain.database.tables.event import Event
from offchain.database.tables.feed_price import FeedPrice
from offchain.database.tables.instruction import Instruction
from offchain.database.tables.keeper_earning import KeeperEarning
from offchain.database.tables.no_claim import NoClaimRow
from offchain.database.tables.premium_flow import PremiumFlow
from offchain.database.tables.projections import TABLES
from offchain.database.tables.score_history import ScoreHistory
from offchain.database.tables.share_price import SharePrice
from offchain.database.tables.transaction import Transaction
from offchain.database.tables.watermark import Watermark
from offchain.database.tables.withdrawal import Withdrawal
from offchain.indexer.decode.model import DecodedEvent
from offchain.indexer.histories.make import histories
from offchain.indexer.projections.columns import to_columns
from offchain.indexer.projections.projector import Projector
from offchain.settings.parameters import Parameters
from scripts.benches.indexer.plain_decode import Found, Words, numbered

COMMIT = 200
Call = tuple[str, str, list[str], bytes]
"""Path, program, accounts and data."""
_MODELS: tuple[Any, ...] = (SharePrice, ScoreHistory, PremiumFlow, NoClaimRow, Withdrawal, KeeperEarning, FeedPrice)
_HISTORIES = {str(model.__table__.name): model for model in _MODELS}
_OF_MARKET = "config score inputs window premium escrow pool pool_vault registry vault fee_vault"


class PlainIndexer:
    """Its whole state is in the session and the projector."""

    def __init__(self, database: Database, parameters: Parameters, at: Addresses = LOCALNET) -> None:
        self._database = database
        self._at = at
        self._names = {str(key): name for name, key in at.deployed.items()}
        self._words = Words(at)
        self._projector = Projector(at, parameters)
        self._rows = _mapped()
        self._market_of: dict[str, str] = {}
        self._deficits: dict[str, int] = {}

    def run(self, lines: Iterable[bytes]) -> int:
        """Index them all; returns how many events there were."""
        count = 0
        with self._database.session() as session:
            for number, line in enumerate(lines, 1):
                count += self._index(session, line)
                if number % COMMIT == 0:
                    session.commit()
                    session.expunge_all()
            session.commit()
        return count

    def _index(self, session: Session, line: bytes) -> int:
        raw = json.loads(line)
        response = GetTransactionResp.from_json(json.dumps({"jsonrpc": "2.0", "id": 1, "result": raw}))
        told: Any = getattr(response, "value")  # noqa: B009  # the stubs know errors too
        meta = told.transaction.meta
        signature = str(told.transaction.transaction.signatures[0])
        calls = list(_calls(told))
        found = [] if meta.err is not None else self._words.events(list(meta.log_messages or []))
        cause = None if meta.err is None else find_cause(raw["meta"]["err"], meta.log_messages or [], self._at)
        session.add(
            Transaction(
                signature=signature,
                slot=told.slot,
                position=0,
                block_time=told.block_time,
                commitment="finalized",
                err=raw["meta"]["err"],
                error_code=cause.code if cause else None,
                error_program=cause.program if cause else None,
                fee=meta.fee,
                units=meta.compute_units_consumed or 0,
                truncated=False,
                raw=raw,
            )
        )
        markets = {calls[one.call][0]: one.data["market_id"] for one in found if one.data.get("market_id")}
        for market in markets.values():
            self._know(market)
        for position, call in enumerate(calls):
            session.add(self._instruction(signature, position, call, markets.get(call[0])))
        for number, one in enumerate(found):
            event = _decoded(signature, number, told, one, calls[one.call][0])
            session.add(_event(event, one.data))
            self._project(session, event)
        for program in {name for _, key, _, _ in calls if (name := self._names.get(key))}:
            session.merge(Watermark(program=program, signature=signature, slot=told.slot))
        return len(found)

    def _instruction(self, signature: str, position: int, call: Call, market: str | None) -> Instruction:
        path, program, accounts, data = call
        name = self._names.get(program)
        unknown: tuple[str | None, Any, Any] = (None, {}, numbered([], accounts))
        known, args, named = self._words.instruction(name, data, accounts) if name else unknown
        if known:
            market = market or args.get("market_id") or named.get("market_id") or named.get("market")
            market = market or next((self._market_of[one] for one in accounts if one in self._market_of), None)
        return Instruction(
            signature=signature,
            path=path,
            position=position,
            program=name or program,
            name=known,
            market_id=market,
            args=args,
            accounts=named,
        )

    def _project(self, session: Session, event: DecodedEvent) -> None:
        projector = self._projector
        projector.apply_decoded(event)
        for table, row in histories(event, projector.state):
            if table.name == "no_claims":
                self._deficits[row["market_id"]] = self._deficits.get(row["market_id"], 0) + row["deficit"]
                row["total_deficit"] = self._deficits[row["market_id"]]
            session.add(_HISTORIES[table.name](**row))
        for address, row in projector.take_dirty().items():
            columns = to_columns(row, address, projector.state.slots[address])
            session.merge(self._rows[type(row)](**columns))
        projector.take_undo()

    def _know(self, market: str) -> None:
        addresses = self._at.market(Pubkey.from_string(market))
        self._market_of.update({str(getattr(addresses, name)): market for name in _OF_MARKET.split()})
        self._market_of[market] = market


def _calls(told: Any) -> Iterator[Call]:
    message, meta = told.transaction.transaction.message, told.transaction.meta
    loaded = meta.loaded_addresses
    keys = [str(key) for key in message.account_keys]
    keys += [str(key) for key in (*loaded.writable, *loaded.readonly)] if loaded else []
    inner = {group.index: group.instructions for group in meta.inner_instructions or []}
    for number, top in enumerate(message.instructions):
        yield _call(str(number), top, keys)
        counts = [number]
        for call in inner.get(number, []):
            height = call.stack_height or 2
            counts = [*counts, 0] if height > len(counts) else [*counts[: height - 1], counts[height - 1] + 1]
            yield _call(".".join(map(str, counts)), call, keys)


def _call(path: str, call: Any, keys: list[str]) -> Call:
    data = b58decode(call.data.encode()) if call.data else b""
    return path, keys[call.program_id_index], [keys[at] for at in call.accounts], data


def _decoded(signature: str, number: int, told: Any, found: Found, path: str) -> DecodedEvent:
    data = found.data
    return DecodedEvent(
        signature=signature,
        number=number,
        slot=told.slot,
        position=0,
        block_time=told.block_time,
        path=path,
        program=found.program,
        name=found.name,
        market_id=data.get("market_id"),
        actor=data.get("actor"),
        epoch=None if data.get("epoch") is None else int(data["epoch"]),
        event=found.typed,
    )


def _event(event: DecodedEvent, data: dict[str, Any]) -> Event:
    names = "signature number slot position block_time path program name market_id actor epoch"
    return Event(**{name: getattr(event, name) for name in names.split()}, data=data)


def _mapped() -> dict[type[Any], type[Any]]:
    """A class of the ORM for each projection table."""
    found, orm = {}, registry()
    for kind, table in TABLES.items():
        found[kind] = type(f"{kind.__name__}Row", (), {})
        orm.map_imperatively(found[kind], table)
    return found
