"""What a chart can be taken along as."""

import csv
from io import StringIO

from offchain.analytics.analytics import Analytics, Found
from offchain.analytics.cells import heading, plain


def csv_of(found: Found) -> str:
    """Every row, exact; the first line names the columns."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = found.query.columns
    writer.writerow([heading(found.query, name) for name in columns])
    writer.writerows([plain(unit, row[name]) for name, unit in columns.items()] for row in found.rows)
    return out.getvalue()


def sql_of(found: Found, analytics: Analytics, days: int) -> str:
    """The statement as it was run, ready for psql or sqlite3."""
    if found.own:
        return f"-- {found.query.title}: measured by this process, no statement tells it.\n"
    return found.query.runnable(analytics.values(days))
