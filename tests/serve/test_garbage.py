"""What a server had when it began is not searched for garbage again; in its own process, as this outlives a test."""

import subprocess
import sys

PROGRAM = """
import asyncio, gc, time, weakref
from litestar import Litestar
from offchain.serve.server import Server, listening

class Cycle:
    def __init__(self):
        self.itself = self

async def main(opened):
    stop, ready, dead = asyncio.Event(), asyncio.Event(), weakref.ref(Cycle())
    assert gc.get_freeze_count() == 0
    before = len(gc.get_objects())
    task = asyncio.create_task(Server(Litestar(), []).run(opened, stop, ready))
    await ready.wait()
    assert dead() is None, "garbage was kept for ever"
    assert gc.get_freeze_count() > before / 2, "little of it was set aside"
    assert len(gc.get_objects()) < before / 10, "searches still go through it"
    lost = weakref.ref(Cycle())
    gc.collect()
    assert lost() is None, "what comes later is still searched"
    stop.set()
    await task

with listening("127.0.0.1", 0) as opened:
    asyncio.run(main(opened))
print("settled")
"""


def test_a_server_sets_aside_what_it_has_when_it_begins_to_answer() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.returncode) == ("settled\n", 0), done.stderr
