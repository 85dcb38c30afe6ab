"""What is played for each part of docs/cli.md."""

import os
import re
from pathlib import Path

from offchain.chain.instructions import demo_market
from offchain.chain.tokens import associated
from offchain.chain.units import atoms
from scripts.pages.play import Shown, Stage

PAIR = "BTC/USD"
LOGGED = ("INFO:", "WARNING:", "{")
"""How lines of a server's log begin."""


def serve(stage: Stage) -> Shown:
    """On a chain of its own, as a user types it; ports and folder are shown as they are by default."""
    given = {name: os.environ.pop(name) for name in ("PERCOSEC_RPC", "PERCOSEC_WS", "PERCOSEC_DATABASE")}
    os.environ["XDG_DATA_HOME"] = str(Path.cwd())
    try:
        _, shown = stage.process("serve --port 0 --chain-port 0", 30)
    finally:
        os.environ.update(given)
    shown = re.sub(r"(8899|8900)/", "8080/", shown).replace(str(Path.cwd()), "/home/you/.local/share")
    yield "serve", "\n".join(line for line in shown.splitlines() if not line.startswith(LOGGED))


def localnet(stage: Stage) -> Shown:
    """A chain beside the one that everything else is played on."""
    line = "localnet --clock driven --start 1583798400"
    yield line, stage.process(f"{line} --port 0 --ws-port 0", 6)[1]


def deploy(stage: Stage) -> Shown:
    """Twice: the second run changes nothing."""
    yield stage.run("deploy")
    yield stage.run("deploy")


def faucet(stage: Stage) -> Shown:
    """Everybody needs some; the page shows one."""
    yield stage.run("faucet --keypair alice.json --sol 5 --usdc 100000", yes=False)
    for name in ("bob", "carol", "dave"):
        stage.run(f"faucet --keypair {name}.json --usdc 60000", yes=False)


def config(stage: Stage) -> Shown:
    """Both commands."""
    yield stage.run("config show", yes=False)
    yield stage.run("config check --keypair alice.json", yes=False)


def doctor(stage: Stage) -> Shown:
    """Nothing was scored yet."""
    stage.usd(PAIR, "7900")
    yield stage.run("doctor --keypair alice.json", yes=False, code=1)


def prices(stage: Stage) -> Shown:
    """The bot runs for a while in a process of its own."""
    stage.chain.advance(61)
    stage.process("prices run --keypair publisher.json", 10)
    for line in ("show", "sources", "candles BTC/USD --count 3", "history BTC/USD", "pushes"):
        yield stage.run(f"prices {line}", yes=False)


def crank(stage: Stage) -> Shown:
    """One round, then whole epochs off the page."""
    stage.usd(PAIR, "7900")
    yield stage.run("crank BTC-PERP --keypair dave.json", yes=False)
    stage.pass_epochs(1, PAIR, "7910")


def keeper(stage: Stage) -> Shown:
    """A keeper that runs for some seconds."""
    stage.chain.advance(900)
    stage.usd(PAIR, "7920")
    stage.process("keeper run --keypair dave.json", 12)
    yield stage.run("keeper report --keypair dave.json", yes=False)
    yield stage.run("keeper resume --keypair dave.json", yes=False)


def deposit(stage: Stage) -> Shown:
    """Alice insures BTC-PERP; a refusal."""
    yield stage.run("deposit BTC-PERP 50000.25 --keypair alice.json")
    yield stage.run("deposit BTC-PERP 5 --keypair alice.json", code=2)
    stage.pass_epochs(1, PAIR, "7930")


def markets(stage: Stage) -> Shown:
    """The list, one market, and a new one."""
    yield stage.run("markets list", yes=False)
    yield stage.run("markets show BTC-PERP", yes=False)
    create = "markets create --feed BTC/USD --depth 1000000 --stake 500 --house 2000 --keypair carol.json"
    yield stage.run(f"{create} --dry-run")


def pools(stage: Stage) -> Shown:
    """The list and one pool."""
    yield stage.run("pools list", yes=False)
    yield stage.run("pools show BTC-PERP", yes=False)


def trade(stage: Stage) -> Shown:
    """Bob wins a little, and his profit vests."""
    fill_house(stage)
    stage.usd(PAIR, "7950")
    yield stage.run("trade account BTC-PERP --keypair bob.json")
    yield stage.run("trade open BTC-PERP long 0.5 --margin 800 --keypair bob.json")
    yield stage.run("trade margin BTC-PERP 200 --keypair bob.json")
    stage.chain.advance(30)
    stage.usd(PAIR, "8000")
    yield stage.run("trade close BTC-PERP --keypair bob.json")
    stage.pass_epochs(48, PAIR, "8000")
    yield stage.run("trade profit BTC-PERP --keypair bob.json")


def positions(stage: Stage) -> Shown:
    """A provider and a trader."""
    stage.usd(PAIR, "8000")
    stage.run("trade open BTC-PERP long 10 --margin 5000 --keypair carol.json")
    yield stage.run("positions --keypair alice.json", yes=False)
    yield stage.run("positions --keypair carol.json", yes=False)


def withdraw(stage: Stage) -> Shown:
    """Request, cancel, request again, be paid a day later."""
    request = "withdraw request BTC-PERP --amount 1000 --keypair alice.json"
    yield stage.run(request)
    yield stage.run("withdraw cancel BTC-PERP --keypair alice.json")
    stage.run(request)
    yield stage.run("withdraw execute BTC-PERP --keypair alice.json", code=2)
    stage.pass_epochs(96, PAIR, "8000")
    yield stage.run("withdraw execute BTC-PERP --keypair alice.json")


def claims(stage: Stage) -> Shown:
    """Carol's long breaks, and the pool pays."""
    for _ in range(2):
        stage.chain.advance(61)
        stage.usd(PAIR, "6900")
    stage.run("crank BTC-PERP --keypair dave.json", yes=False)
    yield stage.run("claims list", yes=False)
    yield stage.run("claims show BTC-PERP 1", yes=False)


def verify(stage: Stage) -> Shown:
    """The whole chain of this page."""
    yield stage.run(f"verify --rpc {stage.http}", yes=False)


def audit(stage: Stage) -> Shown:
    """The same chain, from its events."""
    yield stage.run(f"audit --rpc {stage.http}", yes=False)


def admin(stage: Stage) -> Shown:
    """The guardian stops deposits."""
    yield stage.run("admin powers", yes=False)
    yield stage.run("admin show", yes=False)
    yield stage.run("admin plan stop-deposits --out stop.json --keypair guardian.json", yes=False)
    yield stage.run("admin apply stop.json --keypair guardian.json")
    yield stage.run("admin check stop.json", yes=False)


def demo(stage: Stage) -> Shown:
    """Two days of the crash."""
    yield stage.run("demo --from 2020-03-12 --to 2020-03-14 --keep kept", yes=False)
    yield stage.run("verify --state kept", yes=False)


def fill_house(stage: Stage) -> None:
    """Dave puts capital into the market's house, out of which winners are paid."""
    market = stage.market("BTC-PERP")
    dave = stage.key("dave")
    source = associated(dave.pubkey(), stage.mint)
    stage.send([demo_market.fund_house(dave.pubkey(), market, source, atoms("20000"))], dave)
