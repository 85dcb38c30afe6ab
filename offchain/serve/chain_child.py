"""The local chain's own process: `percosec localnet` that ends with the process that started it.

Run by offchain.serve.chain_process. Its standard input is a pipe that nobody writes to: when the other end closes,
even by kill -9, the chain saves its state and stops.
"""

import os
import signal
import sys
from threading import Thread

from offchain.cli import run


def main() -> None:
    """`percosec localnet` with the arguments of this process."""
    Thread(target=_end_with_parent, daemon=True).start()
    sys.exit(run(["localnet", *sys.argv[1:]]))


def _end_with_parent() -> None:
    # Not sys.stdin: a thread that holds its lock stops the interpreter from ending.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
