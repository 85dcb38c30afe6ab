"""The verifying process as seen from the event loop: one question at a time, and an end when it does not answer."""

import asyncio
import json
import sys
from typing import Any

from offchain.verify.errors import VerifyError

GRACE_SECONDS = 60.0
"""How much longer than asked for an answer may take: one request to a node may hang that long."""
_LINE_BYTES = 16 * 1024 * 1024


class Worker:
    """Started when it is needed, and started anew after it failed."""

    def __init__(self, url: str, cluster: str) -> None:
        """`url` goes to the process by its standard input: it may hold a provider's key."""
        self._place = {"url": url, "cluster": cluster}
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, record: str, seconds: float) -> dict[str, Any]:
        """See `worker.answer`; VerifyError when the process ends or hangs."""
        process = await self._running()
        try:
            async with asyncio.timeout(seconds + GRACE_SECONDS):
                line = await self._exchange(process, {"record": record, "seconds": seconds})
        except TimeoutError:
            await self.close()
            raise VerifyError("the verifier did not answer in time: ask again, it begins anew") from None
        except BaseException:
            # An answer that nobody waits for would be taken for that of the next question.
            await self.close()
            raise
        found: dict[str, Any] = json.loads(line)
        return found

    async def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "offchain.api.verify.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LINE_BYTES,
        )
        await self._write(self._process, self._place)
        return self._process

    async def _exchange(self, process: asyncio.subprocess.Process, request: dict[str, Any]) -> bytes:
        await self._write(process, request)
        assert process.stdout is not None  # noqa: S101 - asked for above
        line = await process.stdout.readline()
        if not line:
            await self.close()
            raise VerifyError("the verifier ended without an answer: ask again, it begins anew")
        return line

    @staticmethod
    async def _write(process: asyncio.subprocess.Process, document: dict[str, Any]) -> None:
        assert process.stdin is not None  # noqa: S101 - asked for above
        process.stdin.write(json.dumps(document).encode() + b"\n")
        await process.stdin.drain()
