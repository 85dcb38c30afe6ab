"""The local chain of a server, in a process of its own: programs run there without holding up the API."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO

from offchain.localnet.endpoints import Endpoints
from offchain.localnet.ports import free_block
from offchain.serve.errors import ServeError

STOP_SECONDS = 10.0
LOOK_SECONDS = 0.2


class ChainProcess:
    """Starts the chain, starts it again when it dies, and stops it."""

    def __init__(self, state: Path, log: Path, port: int, start: int) -> None:
        """A chain with a driven clock that begins at unix time `start`, or goes on from `state`.

        WebSockets are on the next port, where other processes look for them; port 0 takes two free neighbours.
        """
        self.endpoints = Endpoints("", "")
        self.starts = 0
        self._state = state
        self._log = log
        first = port or free_block(2)
        self._ports = (first, first + 1)
        self._start = start
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Endpoints:
        """Start it and wait until it answers; ServeError with its own words when it does not."""
        self.stop()
        known = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            # In a session of its own: Ctrl-C is for the server, which still needs the chain to finish what it is at.
            process = subprocess.Popen(
                self._command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self._process = process
        said = _stream(process.stdout).readline()
        if not said:
            self.stop()
            raise ServeError(f"the local chain did not start: {self._last_words(known)}")
        document = json.loads(said)
        self.endpoints = Endpoints(document["http"], document["ws"])
        self.starts += 1
        return self.endpoints

    async def run(self, stop: asyncio.Event) -> None:
        """Watch over it until `stop` is set; it goes on then, as others still finish on it. ServeError if it dies."""
        if not self._alive:
            await asyncio.to_thread(self.start)
        while not stop.is_set():
            if not self._alive:
                code = self._process.returncode if self._process else 0
                raise ServeError(f"the local chain's process ended with {code}: {self._last_words(0)}")
            await asyncio.sleep(LOOK_SECONDS)

    def status(self) -> dict[str, object]:
        """Where it is."""
        return {
            "rpc": self.endpoints.http,
            "ws": self.endpoints.ws,
            "pid": self._process.pid if self._process else 0,
            "starts": self.starts,
        }

    def stop(self) -> None:
        """Let it save its state and end."""
        process, self._process = self._process, None
        if process is None:
            return
        _stream(process.stdin).close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _stream(process.stdout).close()

    def __enter__(self) -> "ChainProcess":
        """For `with`: stops at its end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """See `stop`."""
        self.stop()

    @property
    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _command(self) -> list[str]:
        http, ws = self._ports
        command = [sys.executable, "-m", "offchain.serve.chain_child", "--json", "--clock", "driven"]
        command += ["--port", str(http), "--ws-port", str(ws), "--state", str(self._state)]
        # A saved chain has its own time and can't go back.
        return command if self._state.exists() else [*command, "--start", str(self._start)]

    def _last_words(self, after: int) -> str:
        said = self._log.read_bytes()[after:].decode(errors="replace").strip().splitlines()
        return said[-1].removeprefix("percosec: ") if said else "it said nothing"


def _stream(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:
        raise ServeError("the local chain's process has no pipes: start percosec serve again")
    return pipe
