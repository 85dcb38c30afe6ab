"""What keepers earned and spent."""

from offchain.analytics.query import Draw, Query, Unit

SHARES = Query(
    name="keepers",
    title="Keepers: share and profit",
    about="What reached each keeper as bounty, out of liquidations and as claim fee, and its share of all that. Spent "
    "is what its own book says, rent and unpaid work included, for keepers of this database; for others the fees of "
    "the transactions that paid them. Profit is in USDC at the SOL price of the settings, costs rounded up.",
    sql="""
WITH earned AS (
  SELECT actor, COUNT(DISTINCT signature) AS transactions,
         CAST(SUM(CASE WHEN kind = 'bounty' THEN amount ELSE 0 END) AS BIGINT) AS bounty,
         CAST(SUM(CASE WHEN kind = 'liquidation' THEN amount ELSE 0 END) AS BIGINT) AS liquidation,
         CAST(SUM(CASE WHEN kind = 'claim_fee' THEN amount ELSE 0 END) AS BIGINT) AS claim_fee,
         CAST(SUM(amount) AS BIGINT) AS earned
  FROM keeper_earnings
  WHERE block_time >= :since
  GROUP BY actor
), fees AS (
  SELECT p.actor, CAST(SUM(t.fee) AS BIGINT) AS lamports
  FROM (SELECT DISTINCT actor, signature FROM keeper_earnings WHERE block_time >= :since) p
  JOIN transactions t ON t.signature = p.signature
  GROUP BY p.actor
), booked AS (
  SELECT k.wallet, CAST(SUM(k.lamports) AS BIGINT) AS lamports
  FROM keeper_action k JOIN transactions t ON t.signature = k.signature
  WHERE t.block_time >= :since
  GROUP BY k.wallet
)
SELECT e.actor AS keeper, e.transactions, e.bounty, e.liquidation, e.claim_fee, e.earned,
       e.earned * 10000 / (SELECT CAST(SUM(amount) AS BIGINT) FROM keeper_earnings WHERE block_time >= :since)
         AS share_bps,
       COALESCE(b.lamports, f.lamports) AS spent,
       CASE WHEN b.lamports IS NULL THEN 'fees' ELSE 'book' END AS spent_by,
       e.earned - (COALESCE(b.lamports, f.lamports) / 1000 * :sol_price + 999999) / 1000000 AS profit
FROM earned e
JOIN fees f ON f.actor = e.actor
LEFT JOIN booked b ON b.wallet = e.actor
ORDER BY e.earned DESC, e.actor
LIMIT 100
""",
    columns={
        "keeper": Unit.KEY,
        "transactions": Unit.COUNT,
        "bounty": Unit.ATOMS,
        "liquidation": Unit.ATOMS,
        "claim_fee": Unit.ATOMS,
        "earned": Unit.ATOMS,
        "share_bps": Unit.BPS,
        "spent": Unit.LAMPORTS,
        "spent_by": Unit.TEXT,
        "profit": Unit.ATOMS,
    },
    draw=Draw(label=("keeper",), series=("earned", "profit")),
)
