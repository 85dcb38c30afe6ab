"""`scripts/cli_page`: play every command on a local chain and write docs/cli.md."""

import re
import sys
import tempfile
from pathlib import Path

import click

from scripts.pages import cli_plays
from scripts.pages.play import Stage, playing

TEMPLATE = Path(__file__).parent / "cli.md"
"""The page's text; `{{NAME}}` stands for what the function NAME of cli_plays shows."""
PAGE = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
PLACE = re.compile(r"\{\{(\w+)\}\}")
MOST_LINES = 30
KEPT = 10
"""Of a longer output so many lines stay at its beginning and at its end."""


@click.command()
@click.option("--to", type=click.Path(path_type=Path), default=PAGE, help="Write another file, to look at.")
def command(to: Path) -> None:
    """Play every command of `percosec` on a local chain and write docs/cli.md. Takes some minutes."""
    template = TEMPLATE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder, playing(Path(folder)) as stage:
        text = PLACE.sub(lambda found: _shown(found[1], stage), template)
    to.write_text(text, encoding="utf-8")
    click.echo(f"{to.name}: {len(PLACE.findall(template))} parts, {text.count('$ percosec')} commands")


def _shown(name: str, stage: Stage) -> str:
    click.echo(name, err=True)
    play = getattr(cli_plays, name)
    return "\n".join(f"```\n$ percosec {line}\n{shortened(output)}\n```\n" for line, output in play(stage)).rstrip()


def shortened(output: str) -> str:
    """The output without trailing spaces; the middle of a long one is left out."""
    lines = [line.rstrip() for line in output.rstrip().splitlines()]
    if len(lines) > MOST_LINES:
        lines = [*lines[:KEPT], f"[{len(lines) - 2 * KEPT} lines are left out here]", *lines[-KEPT:]]
    return "\n".join(lines)


def main() -> int:
    """Run it."""
    command(standalone_mode=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
