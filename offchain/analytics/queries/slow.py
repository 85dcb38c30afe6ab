"""Statements by the time they took: PostgreSQL's own count where that is switched on."""

from offchain.analytics.query import Draw, Query, Unit

SLOW = Query(
    name="slow-queries",
    title="Slow queries",
    about="Statements by the time they took in all. On PostgreSQL with pg_stat_statements, those of everyone since the "
    "last reset; elsewhere those of this process since it started. The days above don't count here.",
    sql="""
SELECT s.query AS statement, CAST(s.calls AS BIGINT) AS calls, CAST(s.total_exec_time * 1000 AS BIGINT) AS total,
       CAST(s.mean_exec_time * 1000 AS BIGINT) AS mean, CAST(s.max_exec_time * 1000 AS BIGINT) AS most
FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
WHERE d.datname = current_database()
ORDER BY s.total_exec_time DESC
LIMIT 30
""",
    columns={
        "statement": Unit.TEXT,
        "calls": Unit.COUNT,
        "total": Unit.MICROS,
        "mean": Unit.MICROS,
        "most": Unit.MICROS,
    },
    draw=Draw(label=("statement",), series=("total",)),
)
