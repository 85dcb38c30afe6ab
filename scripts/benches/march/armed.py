"""A keeper that kills itself with signal 9 as soon as it has written a chosen line of its log.

Run as `python -m scripts.benches.march.armed SPARED -- keeper run ...`. SPARED is a file with the log points at which
it was killed before, one a line: the process dies at the first line of its log that is none of them. So each
start dies one point further, until every point has been hit. Nothing is cleaned up, no handler runs.
"""

import io
import os
import signal
import sys
from pathlib import Path

from offchain.cli import main as percosec
from scripts.benches.march.points import Points, point_of


class Trap(io.TextIOBase):
    """Standard error that ends the process after an armed line."""

    def __init__(self, stream: io.TextIOBase, points: Points) -> None:
        super().__init__()
        self._stream = stream
        self._points = points

    def write(self, text: str) -> int:
        """Write it out, and die if it is a line to die at."""
        written = self._stream.write(text)
        self._stream.flush()
        point = point_of(text)
        if point is not None and self._points.takes(point):
            self._points.note(point)
            os.kill(os.getpid(), signal.SIGKILL)
        return written

    def flush(self) -> None:
        """As the stream does."""
        self._stream.flush()

    def isatty(self) -> bool:
        """As the stream says."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """As the stream says."""
        return self._stream.fileno()


def main() -> None:
    """Run the command line after `--` with the trap set."""
    file, separator, *command = sys.argv[1:]
    assert separator == "--"  # noqa: S101  (started by this project alone)
    sys.stderr = Trap(sys.stderr, Points(Path(file)))  # type: ignore[arg-type]
    sys.argv = ["percosec", *command]
    percosec()


if __name__ == "__main__":
    main()
