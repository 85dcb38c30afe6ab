"""Where the indexer's time goes."""

import cProfile
import io
import pstats
from pathlib import Path

from scripts.benches.indexer.contenders import Figures, ours
from scripts.benches.indexer.workload import Workload

LINES = 45


def profiled(workload: Workload, folder: Path) -> str:
    """The functions that take the most time by themselves, on one copy of the demo in SQLite."""
    lines = list(workload.lines(1))
    profile = cProfile.Profile()
    url = f"sqlite:///{folder / 'profile.db'}"
    profile.runcall(ours, url, lines, Figures("profile", "sqlite"), False)
    text = io.StringIO()
    pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(LINES)
    return text.getvalue()
