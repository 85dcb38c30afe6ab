"""Whether a rerun's log may stand in the transaction's document, as the node's own would had it cut nothing off.

More is asked than for its events: the bytecode of then, all compute units, and every line the node told, to the byte.
"""

from collections.abc import Sequence

from offchain.chain.logs import TRUNCATED
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.evidence import Evidence, keys_of
from offchain.indexer.repair.rerun import Rerun
from offchain.localnet.programs import data_of_program, slot_of_bytecode


def completes(raw: RawTransaction, found: Rerun, now: Evidence) -> bool:
    """Whether nothing that the node told speaks against it; a node that tells no compute units tells too little."""
    return raw.units == found.units and _continues(raw.logs, found.logs) and not _changed(raw, now)


def _continues(told: Sequence[str], whole: Sequence[str]) -> bool:
    """Up to the cut each line is the same; short lines that still found room after it follow in their order."""
    cut = told.index(TRUNCATED) if TRUNCATED in told else len(told)
    if list(told[:cut]) != list(whole[:cut]):
        return False
    rest = iter(whole[cut:])
    return all(line in rest for line in told[cut + 1 :])


def _changed(raw: RawTransaction, now: Evidence) -> bool:
    """Whether a program that it names has other bytecode than when it ran."""
    data = [found for key in keys_of(raw) if (found := data_of_program(now.get(key))) is not None]
    return any(slot_of_bytecode(now.get(key)) > raw.slot for key in data)
