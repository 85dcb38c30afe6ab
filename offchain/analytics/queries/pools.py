"""What pools take in and lose, and how those did who came in together."""

from offchain.analytics.query import Draw, Query, Unit

PREMIUM_AND_LOSS = Query(
    name="premium-and-loss",
    title="Premium against loss, by market and day",
    about="Premium credited to the pool against the payouts of its claims; of these, what fell on the providers' "
    "capital. Uncovered is what the pool did not have. Where loss stays above premium, the rate is too low.",
    sql="""
SELECT market_id, day, CAST(SUM(premium) AS BIGINT) AS premium, CAST(SUM(payout) AS BIGINT) AS payout,
       CAST(SUM(capital) AS BIGINT) AS providers_loss, CAST(SUM(uncovered) AS BIGINT) AS uncovered
FROM (
  SELECT market_id, block_time / 86400 AS day, credited AS premium, 0 AS payout, 0 AS capital, 0 AS uncovered
  FROM premium_flows
  WHERE kind = 'credited' AND block_time >= :since
  UNION ALL
  SELECT market_id, timestamp / 86400, 0, payout_amount, capital_tier, uncovered
  FROM claims
  WHERE state = 2 AND timestamp >= :since
) AS flows
GROUP BY market_id, day
ORDER BY market_id, day
""",
    columns={
        "market_id": Unit.MARKET,
        "day": Unit.DAY,
        "premium": Unit.ATOMS,
        "payout": Unit.ATOMS,
        "providers_loss": Unit.ATOMS,
        "uncovered": Unit.ATOMS,
    },
    draw=Draw(label=("day",), series=("premium", "payout"), split="market_id", over_time=True),
)

COHORTS = Query(
    name="cohorts",
    title="Providers by the day they came",
    about="Everyone who deposited on the same day: what they put in, took out and still hold at the pool's last share "
    "price. The gain is what is held and was taken out, less what was put in; early fees paid are in it, as a loss.",
    sql="""
WITH clock AS (
  SELECT genesis, epoch_seconds FROM risk_configs LIMIT 1
), latest AS (
  SELECT market_id, share_price, generation
  FROM (
    SELECT market_id, share_price, generation,
           ROW_NUMBER() OVER (PARTITION BY market_id ORDER BY slot DESC, position DESC, number DESC) AS place
    FROM share_prices
  ) AS ordered
  WHERE place = 1
), paid_in AS (
  SELECT s.market_id, (c.genesis + s.epoch * c.epoch_seconds) / 86400 AS day,
         CAST(SUM(s.deposited) AS BIGINT) AS deposited
  FROM share_prices s CROSS JOIN clock c
  WHERE s.deposited > 0
  GROUP BY s.market_id, (c.genesis + s.epoch * c.epoch_seconds) / 86400
), taken_out AS (
  SELECT w.market_id, (c.genesis + w.entry_epoch * c.epoch_seconds) / 86400 AS day,
         CAST(SUM(w.net) AS BIGINT) AS withdrawn
  FROM withdrawals w CROSS JOIN clock c
  WHERE w.kind = 'execute'
  GROUP BY w.market_id, (c.genesis + w.entry_epoch * c.epoch_seconds) / 86400
), valued AS (
  SELECT p.market_id, (c.genesis + p.entry_epoch * c.epoch_seconds) / 86400 AS day,
         CASE WHEN p.generation = l.generation THEN p.shares ELSE 0 END AS shares, l.share_price
  FROM provider_positions p CROSS JOIN clock c JOIN latest l ON l.market_id = p.market_id
), held AS (
  SELECT market_id, day, COUNT(*) AS positions, COUNT(CASE WHEN shares > 0 THEN 1 END) AS still_in,
         CAST(SUM(shares / 1000000000 * share_price + shares % 1000000000 * share_price / 1000000000) AS BIGINT)
           AS held
  FROM valued
  GROUP BY market_id, day
)
SELECT i.market_id, i.day, COALESCE(h.positions, 0) AS positions, COALESCE(h.still_in, 0) AS still_in, i.deposited,
       COALESCE(o.withdrawn, 0) AS withdrawn, COALESCE(h.held, 0) AS held,
       COALESCE(h.held, 0) + COALESCE(o.withdrawn, 0) - i.deposited AS gain,
       (COALESCE(h.held, 0) + COALESCE(o.withdrawn, 0) - i.deposited) * 100 / (i.deposited / 100) AS gain_bps
FROM paid_in i
LEFT JOIN taken_out o ON o.market_id = i.market_id AND o.day = i.day
LEFT JOIN held h ON h.market_id = i.market_id AND h.day = i.day
WHERE i.day >= :since / 86400
ORDER BY i.market_id, i.day
""",
    columns={
        "market_id": Unit.MARKET,
        "day": Unit.DAY,
        "positions": Unit.COUNT,
        "still_in": Unit.COUNT,
        "deposited": Unit.ATOMS,
        "withdrawn": Unit.ATOMS,
        "held": Unit.ATOMS,
        "gain": Unit.ATOMS,
        "gain_bps": Unit.BPS,
    },
    draw=Draw(label=("day",), series=("deposited", "withdrawn", "held"), split="market_id", over_time=True),
)
