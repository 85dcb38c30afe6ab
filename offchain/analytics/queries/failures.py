"""Transactions that failed."""

from offchain.analytics.query import Draw, Query, Unit

BY_INSTRUCTION = Query(
    name="failures",
    title="Failures by instruction and code",
    about="Failed transactions by the instruction of the transaction that failed, its stable code, and the program "
    "that raised it. The share is of all calls of that instruction, those of failed transactions included.",
    sql="""
WITH failed AS (
  SELECT signature, error_code, error_program, CAST(err -> 'InstructionError' ->> 0 AS TEXT) AS path
  FROM transactions
  WHERE error_code IS NOT NULL AND block_time >= :since
), called AS (
  SELECT i.program, COALESCE(i.name, '') AS name, COUNT(*) AS calls
  FROM instructions i JOIN transactions t ON t.signature = i.signature
  WHERE i.path NOT LIKE '%.%' AND t.block_time >= :since
  GROUP BY i.program, COALESCE(i.name, '')
)
SELECT COALESCE(i.program, 'runtime') AS program, COALESCE(i.name, '') AS instruction, f.error_code AS code,
       COALESCE(f.error_program, '') AS raised_by, COUNT(*) AS failed, COALESCE(MAX(c.calls), COUNT(*)) AS calls,
       COUNT(*) * 10000 / COALESCE(MAX(c.calls), COUNT(*)) AS share_bps
FROM failed f
LEFT JOIN instructions i ON i.signature = f.signature AND i.path = f.path
LEFT JOIN called c ON c.program = i.program AND c.name = COALESCE(i.name, '')
GROUP BY COALESCE(i.program, 'runtime'), COALESCE(i.name, ''), f.error_code, COALESCE(f.error_program, '')
ORDER BY failed DESC, program, instruction, code, raised_by
LIMIT 100
""",
    columns={
        "program": Unit.TEXT,
        "instruction": Unit.TEXT,
        "code": Unit.TEXT,
        "raised_by": Unit.TEXT,
        "failed": Unit.COUNT,
        "calls": Unit.COUNT,
        "share_bps": Unit.BPS,
    },
    draw=Draw(label=("program", "instruction", "code"), series=("failed",)),
)

BY_DAY = Query(
    name="failures-by-day",
    title="Transactions and failures by day",
    about="Every transaction that touched one of our programs, and those of them that failed.",
    sql="""
SELECT block_time / 86400 AS day, COUNT(*) AS transactions, COUNT(error_code) AS failed,
       COUNT(error_code) * 10000 / COUNT(*) AS share_bps
FROM transactions
WHERE block_time >= :since
GROUP BY block_time / 86400
ORDER BY day
""",
    columns={"day": Unit.DAY, "transactions": Unit.COUNT, "failed": Unit.COUNT, "share_bps": Unit.BPS},
    draw=Draw(label=("day",), series=("transactions", "failed"), over_time=True),
)
