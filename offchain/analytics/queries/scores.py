"""Whether the score knew."""

from offchain.analytics.query import Draw, Query, Unit

AGAINST_DEFICITS = Query(
    name="scores",
    title="Score against realised deficits",
    about="Deficits that liquidations left, by the score that the market had right before, in bands of 0.1. The rate "
    "is atoms of deficit for each million atoms of open interest and epoch: a score that means something has it rise "
    "from band to band.",
    sql="""
WITH measured AS (
  SELECT market_id, composite / 100000 * 100000 AS score_from, COUNT(*) AS epochs,
         CAST(SUM(open_interest) AS BIGINT) AS exposure
  FROM score_history
  WHERE block_time >= :since
  GROUP BY market_id, composite / 100000 * 100000
), liquidated AS (
  SELECT e.market_id, CAST(e.data ->> 'counted' AS BIGINT) AS deficit,
         (SELECT s.composite FROM score_history s
          WHERE s.market_id = e.market_id
            AND (s.slot < e.slot OR (s.slot = e.slot AND (s.position < e.position
                 OR (s.position = e.position AND s.number < e.number))))
          ORDER BY s.slot DESC, s.position DESC, s.number DESC LIMIT 1) AS composite
  FROM events e
  WHERE e.name = 'PositionLiquidated' AND e.block_time >= :since
), fallen AS (
  SELECT market_id, composite / 100000 * 100000 AS score_from, COUNT(*) AS liquidations,
         CAST(SUM(deficit) AS BIGINT) AS deficit
  FROM liquidated
  WHERE composite IS NOT NULL
  GROUP BY market_id, composite / 100000 * 100000
)
SELECT m.market_id, m.score_from, m.epochs, m.exposure / m.epochs AS open_interest,
       COALESCE(f.liquidations, 0) AS liquidations, COALESCE(f.deficit, 0) AS deficit,
       COALESCE(f.deficit, 0) * 1000 / (m.exposure / 1000 + 1) AS deficit_per_million
FROM measured m
LEFT JOIN fallen f ON f.market_id = m.market_id AND f.score_from = m.score_from
ORDER BY m.market_id, m.score_from
""",
    columns={
        "market_id": Unit.MARKET,
        "score_from": Unit.E6,
        "epochs": Unit.COUNT,
        "open_interest": Unit.ATOMS,
        "liquidations": Unit.COUNT,
        "deficit": Unit.ATOMS,
        "deficit_per_million": Unit.COUNT,
    },
    draw=Draw(label=("score_from",), series=("deficit_per_million",), split="market_id"),
)
