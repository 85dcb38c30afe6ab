"""`python -m offchain.demo.picture FILE.svg`: the live view of the crash as a picture, for the documentation."""

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console

from offchain.demo.options import Options
from offchain.demo.run import run
from offchain.demo.screen import screen
from offchain.demo.story import Story
from offchain.demo.view import SilentView, View

WIDTH, HEIGHT = 130, 34
FONT_FACE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""Rich names fonts on a server; a picture in the documentation asks nobody for anything."""

BEGIN, END = "2020-03-10", "2020-03-13T12:00"


def draw(path: Path) -> None:
    """Play from two days before the crash to the day after, and draw the last screen."""
    stories: list[Story] = []

    def keep(story: Story) -> View:
        stories.append(story)
        return SilentView()

    run(Options(begin=BEGIN, end=END), keep)
    console = Console(record=True, width=WIDTH, height=HEIGHT, file=StringIO(), force_terminal=True)
    console.print(screen(stories[0], WIDTH, HEIGHT))
    path.write_text(FONT_FACE.sub("", console.export_svg(title="./scripts/demo")), encoding="utf-8")


if __name__ == "__main__":
    draw(Path(sys.argv[1]))
