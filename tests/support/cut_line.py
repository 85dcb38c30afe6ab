"""A line between a client and a server that can be cut, and that can fall silent without being cut."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class CutLine:
    """Passes bytes on, both ways; lives in one event loop."""

    def __init__(self, host: str, port: int) -> None:
        """To where."""
        self.opened = 0
        """Connections so far."""
        self.cuts = 0
        """Connections that were cut."""
        self.refusing = False
        """New connections are closed at once, and count as cut."""
        self.silent = False
        """Nothing is passed on any more, in either direction."""
        self.swallowed = 0
        """Pieces that were not passed on."""
        self.port = 0
        self._to = (host, port)
        self._writers: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["CutLine"]:
        """Listen on a free port."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for writer in list(self._writers):
                writer.close()
            await server.wait_closed()

    def cut(self) -> None:
        """Break every connection off."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.refusing:
            self.cuts += 1
            writer.close()
            return
        self.opened += 1
        there, back = await asyncio.open_connection(*self._to)
        ends = {writer, back}
        self._writers |= ends
        passing = [asyncio.create_task(self._pass(reader, back)), asyncio.create_task(self._pass(there, writer))]
        await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)
        self._writers -= ends
        self.cuts += 1
        for end in ends:
            end.close()
            with contextlib.suppress(OSError):
                await end.wait_closed()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(65_536):
                if self.silent:
                    self.swallowed += 1
                    continue
                writer.write(piece)
                await writer.drain()
