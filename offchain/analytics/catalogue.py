"""Every chart of the page by its name, in the order of the page."""

from offchain.analytics.queries import failures, keepers, pools, scores, slow
from offchain.analytics.query import Query

QUERIES: dict[str, Query] = {
    query.name: query
    for query in (
        failures.BY_INSTRUCTION,
        failures.BY_DAY,
        keepers.SHARES,
        pools.PREMIUM_AND_LOSS,
        pools.COHORTS,
        scores.AGAINST_DEFICITS,
        slow.SLOW,
    )
}
