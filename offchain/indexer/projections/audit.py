"""`audit`: a chain's own events against its own accounts, both read from one node."""

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.events import parse_events
from offchain.indexer.projections.compare import Comparison, compare_program
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.projector import Projector
from offchain.indexer.projections.rows import KINDS
from offchain.settings.parameters import Parameters
from offchain.verify.evidence.node import COMMITMENT, Node
from offchain.verify.evidence.order import merged

ATTEMPTS = 3
"""A chain that goes on may change an account in the very slot in which it was read."""

Snapshot = tuple[int, list[tuple[Pubkey, Account]]]
"""The slot in which a node read a program's accounts, and the accounts."""
Progress = Callable[[int, int], None]
"""Told how many transactions of how many are read."""


@dataclass(slots=True)
class Audit:
    """What was read, and what does not fit."""

    transactions: int = 0
    failed: int = 0
    """Those of them that failed: they changed nothing."""
    events: int = 0
    comparison: Comparison = field(default_factory=Comparison)
    faults: list[str] = field(default_factory=list)
    """What can't be projected, one sentence each."""

    @property
    def ok(self) -> bool:
        """Every account follows from the events."""
        return not self.faults and not self.comparison.mismatches


def audit(node: Node, at: Addresses, parameters: Parameters, progress: Progress | None = None) -> Audit:
    """Project every transaction of the five programs and compare with their accounts; VerifyError from the node."""
    documents: dict[str, dict[str, Any]] = {}
    for _ in range(ATTEMPTS):
        snapshots = {program: _accounts(node, at.programs[program]) for program in KINDS}
        found = merged([node.history(str(at.programs[program])) for program in KINDS])
        for number, signature in enumerate(found):
            if signature not in documents:
                documents[signature] = node.transaction(signature)
            if progress:
                progress(number + 1, len(found))
        result = _project([(one, documents[one]) for one in found], snapshots, Projector(at, parameters))
        if result.ok:
            break
    return result


def _project(found: list[tuple[str, dict[str, Any]]], snapshots: dict[str, Snapshot], projector: Projector) -> Audit:
    result = Audit()
    waiting = dict(snapshots)
    for signature, document in found:
        for program, (slot, accounts) in list(waiting.items()):
            if document["slot"] > slot:
                compare_program(projector, program, accounts, result.comparison)
                del waiting[program]
        if not waiting:
            break
        _take(signature, document, projector, result)
    for program, (_slot, accounts) in waiting.items():
        compare_program(projector, program, accounts, result.comparison)
    return result


def _take(signature: str, document: dict[str, Any], projector: Projector, into: Audit) -> None:
    into.transactions += 1
    meta = document["meta"]
    if meta["err"] is not None:
        into.failed += 1
        return
    parsed = parse_events(meta.get("logMessages") or [], projector.state.at)
    if parsed.truncated or not parsed.invoked:
        into.faults.append(f"{signature}: its logs are cut off or missing, ask a node that keeps them")
    if parsed.unknown:
        into.faults.append(f"{signature}: {parsed.unknown} of its events are unknown, update this program")
    if document.get("blockTime") is None:
        into.faults.append(f"{signature}: its block time is missing, ask a node that keeps it")
        return
    moment = Moment(document["slot"], document["blockTime"])
    for event in parsed.events:
        into.events += 1
        try:
            projector.apply(event, moment)
        except ProjectionError as error:
            into.faults.append(f"{signature}, {type(event).__name__}: {error}")


def _accounts(node: Node, program: Pubkey) -> Snapshot:
    options = {"encoding": "base64", "withContext": True, **COMMITMENT}
    answer = node.ask("getProgramAccounts", str(program), options)
    accounts = [(Pubkey.from_string(entry["pubkey"]), _account(entry["account"], program)) for entry in answer["value"]]
    return answer["context"]["slot"], accounts


def _account(account: dict[str, Any], owner: Pubkey) -> Account:
    return Account(account["lamports"], b64decode(account["data"][0]), owner)
