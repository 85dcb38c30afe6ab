"""The figures of several contenders beside each other."""

from collections.abc import Callable, Mapping, Sequence

from rich.table import Table

MILLI = 1_000


def side_by_side(
    title: str,
    names: Sequence[str],
    documents: Sequence[Mapping[str, int]],
    rows: Sequence[tuple[str, str]],
    ratio: Mapping[str, int],
    cell: Callable[[str, int], str],
) -> Table:
    """A column for each contender, a row for each (label, figure), and the ratios (thousandths) there are."""
    shown = Table(title=title)
    shown.add_column("")
    for name in names:
        shown.add_column(name, justify="right")
    if ratio:
        shown.add_column("ratio", justify="right")
    for label, name in rows:
        cells = [cell(name, one[name]) for one in documents]
        if ratio:
            cells.append(f"{ratio[name] / MILLI:.1f}x" if name in ratio else "")
        shown.add_row(label, *cells)
    return shown
