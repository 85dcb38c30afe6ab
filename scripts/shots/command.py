"""`scripts/screenshots`: every page of the web UI as pictures, and the best of them for the README."""

import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, TaskID

from offchain.errors import PercosecError
from offchain.settings.paths import ROOT
from offchain.web.bundle import is_current
from scripts.shots.camera import SCHEMES, SIZES, Camera, camera
from scripts.shots.errors import ShotError
from scripts.shots.market import Market, crashed
from scripts.shots.places import Place, places
from scripts.shots.readme import keep

IMAGES = ROOT / "docs" / "images"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--url", help="Take a server that runs already, localnet and after a claim, instead of starting one.")
@click.option("--page", "wanted", multiple=True, help="Take this page only, as its files are named; may be repeated.")
@click.option("--readme", is_flag=True, help="Also write the README's pictures into docs/images.")
def command(folder: Path, url: str | None, wanted: tuple[str, ...], readme: bool) -> None:
    """Take every page of the web UI into FOLDER, at 1280 and 390 pixels, light and dark.

    Starts `percosec serve` in a temporary home, lets its market go through the crash of March 2020 until every claim
    is paid (some minutes), and deposits from the demo wallet. Needs a Chromium and a current bundle.
    """
    if url is None and not is_current(ROOT / "web"):
        raise ShotError("the web UI is not that of web/: run scripts/build_web first")
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        progress = stack.enter_context(Progress(console=Console(stderr=True), transient=True))
        market = Market(url.rstrip("/")) if url else _started(stack, progress)
        found = places(market.claims())
        chosen = _chosen(found, wanted)
        task = progress.add_task("pages", total=len(chosen) * len(SIZES) * len(SCHEMES))
        used = stack.enter_context(camera(market.url))
        used.deposit(next(place.path for place in found if place.name == "deposit"))
        kept = _taken(used, chosen, folder, readme, progress, task)
    click.echo(f"{folder}: {len(chosen) * len(SIZES) * len(SCHEMES)} pictures of {len(chosen)} pages")
    for path in kept:
        click.echo(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def _started(stack: ExitStack, progress: Progress) -> Market:
    home = Path(stack.enter_context(TemporaryDirectory(prefix="percosec-screenshots-")))
    task = progress.add_task("going through the crash", total=None)
    return stack.enter_context(
        crashed(home, lambda passed, whole: progress.update(task, completed=passed, total=whole))
    )


def _chosen(found: list[Place], wanted: tuple[str, ...]) -> list[Place]:
    """ShotError names a page that does not exist, and those that do."""
    names = [place.name for place in found]
    if unknown := [name for name in wanted if name not in names]:
        raise ShotError(f"there is no page {unknown[0]}; there are {', '.join(names)}")
    return [place for place in found if not wanted or place.name in wanted]


def _taken(
    used: Camera, chosen: list[Place], folder: Path, is_for_readme: bool, progress: Progress, task: TaskID
) -> list[Path]:
    """Returns the README's pictures."""
    kept: list[Path] = []
    if is_for_readme:
        IMAGES.mkdir(exist_ok=True)
    for place in chosen:
        progress.update(task, description=place.name)
        for _ in used.everything(place, folder):
            progress.advance(task)
        if is_for_readme:
            kept += keep(used, place, IMAGES)
    return kept


def main() -> int:
    """Run it; an error is one red line and exit code 1. Whoever ends it ends the server with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        command(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PercosecError as error:
        Console(stderr=True).print(f"[red]{escape(str(error))}[/]", highlight=False, soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
