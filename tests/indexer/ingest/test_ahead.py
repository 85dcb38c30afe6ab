"""Parts are read while others are worked on, in their order, and none is left behind."""

import asyncio

import pytest

from offchain.indexer.ingest.ahead import reading_ahead


@pytest.mark.parametrize("ahead", [0, 1, 3])
def test_so_many_are_begun_and_no_more(ahead: int) -> None:
    begun: list[int] = []

    async def read(part: int) -> int:
        begun.append(part)
        await asyncio.sleep(0)
        return part * part

    async def run() -> list[tuple[int, int]]:
        found = []
        async with reading_ahead(read, range(6), ahead) as ready:
            async for part, square in ready:
                found.append((part, square))
                await asyncio.sleep(0.01)
                assert begun == list(range(min(6, part + ahead + 1)))
        return found

    assert asyncio.run(run()) == [(part, part * part) for part in range(6)]


def test_a_failure_comes_in_its_turn_and_the_rest_is_given_up() -> None:
    cancelled: list[int] = []

    async def read(part: int) -> int:
        if part == 1:
            raise ValueError("no")
        try:
            await asyncio.sleep(part * 100)
        except asyncio.CancelledError:
            cancelled.append(part)
            raise
        return part

    async def run() -> None:
        seen = []
        with pytest.raises(ValueError, match="no"):
            async with reading_ahead(read, range(5), 2) as ready:
                async for part, _ in ready:
                    seen.append(part)
                    await asyncio.sleep(0.01)
        assert seen == [0]
        assert not [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]

    asyncio.run(run())
    assert cancelled == [2], "the third had not begun"
