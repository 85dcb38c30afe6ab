"""docs/transactions.md: the example runs as it stands, and every route is there."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import uvicorn
from litestar import Router

from offchain.api.build.routes import ROUTES
from offchain.api.verify.routes import ROUTES as VERIFY
from offchain.localnet.server import serving
from offchain.settings.paths import ROOT
from tests.support.building import app_at
from tests.support.keys import User
from tests.support.patience import PATIENCE, wait_until
from tests.support.world import World

PAGE = ROOT / "docs" / "transactions.md"


@contextmanager
def _served(world: World, folder: Path) -> Iterator[str]:
    """The app on a port, with its lifespan."""
    with serving(world.local) as node, app_at(world, node.http, folder) as (app, _):
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on"))
        thread = Thread(target=server.run, daemon=True)
        thread.start()
        wait_until(lambda: server.started or not thread.is_alive(), "the server")
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)


def test_the_example_runs(world: World, provider: User, tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "deposit.py").write_text(code, encoding="utf-8")
    key = tmp_path / "key.json"
    key.write_text(json.dumps(list(bytes(provider.pair))), encoding="utf-8")
    with _served(world, tmp_path) as url:
        call = [sys.executable, str(tmp_path / "deposit.py"), url, str(key), str(world.market.id)]
        done = subprocess.run([*call, "25000000"], capture_output=True, text=True, timeout=2 * PATIENCE)
        assert done.returncode == 0, done.stderr
        poor = subprocess.run([*call, "5"], capture_output=True, text=True, timeout=2 * PATIENCE)
    assert "confirmed" in done.stdout and "Losses possible, up to everything" in done.stdout
    assert world.market.position_of(provider, world.epoch).deposited_amount == 25_000_000
    assert poor.returncode == 1 and poor.stderr.startswith("E_MIN_DEPOSIT: ")


def test_every_route_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for router in [*ROUTES, *VERIFY]:
        assert isinstance(router, Router)
        for route in router.routes:
            last = route.path.rstrip("/").rpartition("/")[2]
            assert last in text, route.path
