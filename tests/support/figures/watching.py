"""Eyes on any wallet: a wallet of the standard that shows somebody's key without having it."""

import json
from pathlib import Path

from solders.pubkey import Pubkey

from tests.support.browser import Screen

SCRIPT = Path(__file__).parents[1] / "injected_wallet.js"
NAME = "Watching wallet"


def open_as(screen: Screen, path: str, key: Pubkey) -> None:
    """Open a page and connect this key."""
    options = {"name": NAME, "chains": ["solana:localnet"], "watches": list(bytes(key))}
    screen.page.add_init_script(SCRIPT.read_text(encoding="utf-8").replace("OPTIONS", json.dumps(options)))
    screen.go(path)
    assert screen.connect(NAME) == str(key)
