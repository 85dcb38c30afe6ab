"""The live view on a terminal: what the keeper does, costs and earns."""

import asyncio
from typing import TYPE_CHECKING, Any

from rich.console import Console, Group
from rich.live import Live
from rich.table import Column, Table
from rich.text import Text

from offchain.chain.units import format_usdc
from offchain.keeper.ledger import cost

if TYPE_CHECKING:
    from offchain.keeper.keeper import Keeper

REFRESH_SECONDS = 0.5
LINES = 8


async def show(keeper: "Keeper") -> None:
    """Draw until cancelled."""
    with Live(console=Console(stderr=True), auto_refresh=False, transient=True) as live:
        while True:
            live.update(picture(keeper), refresh=True)
            await asyncio.sleep(REFRESH_SECONDS)


def picture(keeper: "Keeper") -> Group:
    """What the screen shows now."""
    status = keeper.status()
    parts: list[Any] = [_head(status), duty_table(status["duties"], keeper.settings.keeper.sol_price)]
    if status["halted"]:
        parts.append(Text(f"halted: {status['halted']}; lift it with `percosec keeper resume`", style="bold red"))
    if status["last_error"]:
        parts.append(Text(f"last error: {status['last_error']}", style="red", overflow="ellipsis", no_wrap=True))
    parts += [_line(found) for found in list(keeper.log.recent)[-LINES:]]
    return Group(*parts)


def _head(status: dict[str, Any]) -> Text:
    waiting = status["waiting"]
    mode = " DRY RUN" if status["dry_run"] else ""
    heard = "subscribed" if status["subscribed"] else "polling"
    return Text(
        f"keeper {status['wallet']}{mode}\n"
        f"{status['lamports'] / 10**9:.4f} SOL, {format_usdc(status['usdc'])} USDC | {status['markets']} markets, "
        f"epoch {status['epoch']} | {status['node']}, {heard} | waiting {waiting['urgent']} urgent, "
        f"{waiting['routine']} routine, {status['under_way']} under way",
        style="bold",
    )


def duty_table(duties: dict[str, dict[str, int]], sol_price: int) -> Table:
    """Counters by duty, with costs in SOL and USDC."""
    table = Table(
        "duty", *_numbers("seen", "done", "others first", "errors", "skipped", "SOL spent", "USDC earned", "net")
    )
    for name, found in duties.items():
        net = found["usdc"] - cost(found["lamports"], sol_price)
        table.add_row(
            name,
            *(str(found[key]) for key in ("seen", "done", "benign", "errors", "skipped")),
            f"{found['lamports'] / 10**9:.6f}",
            format_usdc(found["usdc"]),
            Text(format_signed(net), style="green" if net >= 0 else "red"),
        )
    return table


def format_signed(atoms: int) -> str:
    """An amount that may be negative, as a decimal string."""
    return format_usdc(atoms) if atoms >= 0 else f"-{format_usdc(-atoms)}"


def _numbers(*names: str) -> list[Any]:
    return [Column(name, justify="right") for name in names]


def _line(found: dict[str, Any]) -> Text:
    about = " ".join(str(found[key])[:24] for key in ("duty", "key", "reason", "code", "message") if found.get(key))
    return Text(f"  {found['step']:<10} {about}", style="dim", overflow="ellipsis", no_wrap=True)
