"""Rules about markets: whether they are scored, priced, kept and open."""

from collections.abc import Iterator

from offchain import words
from offchain.monitoring.facts.facts import Facts, Market
from offchain.monitoring.rules.rule import Finding, Limits, Rule, Severity


def score_stale(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A live market has not been scored for whole epochs."""
    for market in _live(facts):
        if not market.has_score:
            continue
        missed = facts.epoch - market.score_epoch
        if missed >= limits.settings.score_epochs:
            yield Finding(
                market.id, f"market {market.id} was scored {missed} epochs ago, in epoch {market.score_epoch}"
            )


def price_stale(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """The feed of a live market has no fresh price."""
    for feed, time in sorted({market.feed: market.publish_time for market in _live(facts)}.items()):
        age = facts.now - time
        if age > limits.settings.price_seconds:
            said = f"is {age} s old" if time else "does not exist yet"
            yield Finding(feed, f"the newest price of feed {feed} {said}", str(time))


def cranks_missing(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A score is due, and nobody made it."""
    if facts.schedule is None:
        return
    allowed = facts.schedule.wait(limits.settings.crank_seconds)
    for market in _live(facts):
        waited = facts.score_due(market)
        if waited >= allowed:
            message = f"no keeper has scored market {market.id}, due for {waited} s"
            yield Finding(market.id, message, str(market.score_epoch))


def market_restricted(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    """Nobody may open a position."""
    for market in _live(facts):
        if market.reasons:
            yield Finding(market.id, f"market {market.id} is restricted: {words.reasons(market.reasons)}")


def _live(facts: Facts) -> list[Market]:
    return [market for market in facts.markets if market.live]


RULES = (
    Rule(
        "score_stale",
        Severity.WARNING,
        "Stale score",
        "A live market was not scored for whole epochs. One epoch more restricts it, and withdrawals wait.",
        "the newest score is {score_epochs} epochs old or older",
        "Look at the keeper (`percosec keeper report`, its log); `percosec crank MARKET` does it once.",
        score_stale,
        "percosec_score_age_epochs >= {score_epochs}",
    ),
    Rule(
        "price_stale",
        Severity.CRITICAL,
        "Stale price",
        "A feed has no fresh price: nobody can trade, and nobody can be liquidated.",
        "the newest price is older than {price_seconds} s of the chain's clock",
        "`percosec prices sources` and `percosec prices pushes` say what fails; check the publisher's SOL.",
        price_stale,
        "percosec_price_age_seconds > {price_seconds}",
    ),
    Rule(
        "cranks_missing",
        Severity.WARNING,
        "No crank",
        "What is due once an epoch has waited ten minutes for any keeper: none runs, or none succeeds.",
        "a score is due for {crank_seconds} s of the chain's clock (two thirds of an epoch where they are short)",
        "Start a keeper, or `percosec crank MARKET -v` to see what refuses.",
        cranks_missing,
        "percosec_score_due_seconds >= {crank_seconds}",
    ),
    Rule(
        "market_restricted",
        Severity.WARNING,
        "Restricted market",
        "Open interest of the market can only fall. Cover, claims, liquidations and withdrawals go on.",
        "any of the five reasons stands",
        "`percosec markets show MARKET` says which reason and when it ends; see docs/protocol.md, Restriction.",
        market_restricted,
        "percosec_market_restricted > 0",
    ),
)
