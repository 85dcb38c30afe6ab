"""The keeper's log: one JSON object a line, one line a step. No line ever holds a key."""

import json
import sys
from collections import deque
from time import time_ns
from typing import Any, TextIO

KEPT = 200

SEEN, SIMULATED, SENT, CONFIRMED, RECORDED = "seen", "simulated", "sent", "confirmed", "recorded"
"""The steps of a transaction that succeeds, in order."""


class Journal:
    """Writes lines and remembers the last ones for a live view."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Standard error unless a stream is given."""
        self._stream = stream or sys.stderr
        self.recent: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def note(self, step: str, **fields: Any) -> None:
        """One line, written out at once: `time` is unix milliseconds of this machine."""
        line = {"time": time_ns() // 1_000_000, "step": step, **fields}
        self.recent.append(line)
        self._stream.write(json.dumps(line, default=str) + "\n")
        self._stream.flush()
