"""Reading what comes next while something else goes on."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar

P = TypeVar("P")
T = TypeVar("T")


@asynccontextmanager
async def reading_ahead(
    read: Callable[[P], Awaitable[T]], parts: Sequence[P], ahead: int
) -> AsyncIterator[AsyncIterator[tuple[P, T]]]:
    """Each part with what was read of it, in order; up to `ahead` further ones are being read meanwhile.

    A failure is raised where its part would come; what is still being read when the block ends is given up.
    """
    tasks: deque[asyncio.Task[T]] = deque()

    async def one(part: P) -> T:
        return await read(part)

    async def results() -> AsyncIterator[tuple[P, T]]:
        for number, part in enumerate(parts):
            begun = number + len(tasks)
            for later in parts[begun : number + ahead + 1]:
                tasks.append(asyncio.create_task(one(later)))
            yield part, await tasks[0]
            tasks.popleft()

    try:
        yield results()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
