"""The client of docs/live.md runs as it stands there."""

import asyncio
import re
import sys

from offchain.settings.paths import ROOT
from tests.live.app import Served
from tests.support.patience import PATIENCE
from tests.verify.story import Story

DOCS = ROOT / "docs" / "live.md"


async def test_the_example_runs_and_hears_of_a_deposit(story: Story, server: Served) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    alice = story.world.user(usdc="5000")
    code = example.replace("ws://127.0.0.1:8080/v1/ws", server.url).replace('owner="..."', f'owner="{alice.key}"')
    assert code != example
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while server.live.door.open == 0 or len(server.live.hub.board) < 2:
                await asyncio.sleep(0.05)
            story.market.deposit(alice, "1000")
            # The position, and what all of hers add up to.
            while (await process.stdout.readline()).split()[-1] != b"2":
                pass
    finally:
        process.kill()
        await process.wait()
