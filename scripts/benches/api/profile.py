"""Where the API's time goes: requests handed to the application without a network, all in one thread."""

import asyncio
import cProfile
import io
import pstats
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.concurrency import set_asyncio_executor

from scripts.benches.api.host import app


class Inline(ThreadPoolExecutor):
    """Runs at once what it is given, where the profiler sees it."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """See Executor."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def profiled(file: Path, now: int, asked: list[str], lines: int = 40) -> str:
    """The functions that took the most time by themselves."""
    measured = cProfile.Profile()

    async def run() -> None:
        served = app("ours", str(file), now)
        async with served.lifespan():
            for path in asked[:50]:
                await _ask(served, path)
            measured.enable()
            for path in asked:
                await _ask(served, path)
            measured.disable()

    set_asyncio_executor(Inline())
    asyncio.run(run())
    text = io.StringIO()
    pstats.Stats(measured, stream=text).strip_dirs().sort_stats("tottime").print_stats(lines)
    return text.getvalue()


async def _ask(served: Litestar, path: str) -> None:
    route, _, query = path.partition("?")
    scope: Any = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": route,
        "raw_path": route.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [],
        "client": None,
        "server": None,
        "scheme": "http",
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(_message: Any) -> None:
        return None

    await served(scope, receive, send)
