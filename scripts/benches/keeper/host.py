"""The embedded chain in a process of its own, noting at which block height each transaction landed.

Run as `python -m scripts.benches.keeper.host STATE START PORT TRACE`. Slots of this chain also count transactions, so
that a block of 400 ms is told by the height, which only this process sees for each transaction.
"""

import json
import signal
import sys
from pathlib import Path
from time import monotonic_ns
from typing import TextIO

from offchain.localnet.chain import LocalChain
from offchain.localnet.events import Changes
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.records import TransactionRecord
from offchain.localnet.server import serve


class Tracer:
    """Writes a line of JSON for each transaction."""

    def __init__(self, chain: LocalChain, output: TextIO) -> None:
        self._chain = chain
        self._output = output

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        """Called by the chain within the transaction's own lock."""
        payer = record.keys[0]
        line = {
            "signature": str(record.signature),
            "height": self._chain.block_height,
            "ns": monotonic_ns(),
            "failed": record.err is not None,
            "payer": str(payer),
            "lamports": record.pre_balances[0] - record.post_balances[0],
            "logs": record.logs,
        }
        self._output.write(json.dumps(line) + "\n")
        self._output.flush()

    def slot_changed(self, slot: int, parent: int) -> None:
        """Nothing to note."""


def main() -> None:
    """Serve until interrupted."""
    state, start, port, trace = sys.argv[1:]
    chain = LocalChain(
        clock="real", start=int(start), programs=project_programs(), authority=admin(), state=Path(state)
    )
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    with Path(trace).open("w", encoding="utf-8") as output:
        chain.listen(Tracer(chain, output))
        serve(chain, int(port), int(port) + 1, ready=lambda _endpoints: None)


if __name__ == "__main__":
    main()
