"""The example in docs/client.md runs."""

import re

from offchain.settings.paths import ROOT
from tests.support.market import Market
from tests.support.world import World


def test_the_example_runs(world: World, market: Market, capsys: object) -> None:
    text = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    user = world.user(usdc="250")
    names = {
        "chain": world.chain,
        "market_id": market.id,
        "provider": user.pair,
        "usdc_account": user.token,
        "epoch": world.epoch,
    }
    exec(code, names)
    assert names["pool"].available_balance == 250_000_000
    assert "Deposited(" in capsys.readouterr().out


def test_every_module_is_listed_and_exists() -> None:
    text = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    folder = ROOT / "offchain" / "chain"
    known = {path.stem for path in folder.iterdir() if path.stem not in ("__init__", "__pycache__", "generated")}
    inner = {"codec", "codegen", "logs", "keys", "backends"}
    listed = set(re.findall(r"`(\w+)(?:/<program>)?`", "\n".join(re.findall(r"^\| (`.*?) \|", text, re.MULTILINE))))
    assert listed == known - inner
