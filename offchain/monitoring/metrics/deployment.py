"""Metrics of the deployment: the same whichever process is asked."""

from collections.abc import Iterator

from offchain.chain.pool_figures import BPS, up
from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.metrics.metric import Metric, Sample
from offchain.processor.figures.failures import Change

VAULT_SPARE = Metric(
    "percosec_vault_spare_atoms",
    "gauge",
    "USDC atoms that a vault holds beyond its ledger, both read in one slot; never negative.",
    ("market", "vault"),
    "vault_below_ledger",
)
PAYOUT_WAITING = Metric(
    "percosec_payout_waiting_seconds",
    "gauge",
    "Since when a reserved payout waits for its release, chain seconds; 0 where none does.",
    ("market",),
    "payout_queued",
)
CLAIM_SHARE = Metric(
    "percosec_claim_share_bps",
    "gauge",
    "Largest part of a pool that one claim took of late, basis points of all that could pay; 0 without claims.",
    ("market",),
    "claim_large",
)
SCORE_AGE = Metric(
    "percosec_score_age_epochs", "gauge", "Epochs since a live market was scored.", ("market",), "score_stale"
)
SCORE_DUE = Metric(
    "percosec_score_due_seconds",
    "gauge",
    "Since when a score is due, chain seconds; epochs without one add up, 0 once the running one's is made.",
    ("market",),
    "cranks_missing",
)
SCORE = Metric("percosec_score", "gauge", "Composite risk score, 1000000 = 1.0.", ("market",))
GRADE = Metric("percosec_grade", "gauge", "Grade: 0 A, 1 B, 2 C, 3 D, 4 Restricted.", ("market",))
PRICE_AGE = Metric(
    "percosec_price_age_seconds",
    "gauge",
    "Age of a live market's newest price, chain seconds.",
    ("feed",),
    "price_stale",
)
RESTRICTED = Metric(
    "percosec_market_restricted",
    "gauge",
    "Reasons that restrict a market: sum of 1 score, 2 stale, 4 arrears, 8 exit, 16 delisted; 0 for none.",
    ("market",),
    "market_restricted",
)
CAPITAL = Metric("percosec_pool_capital_atoms", "gauge", "Providers' capital as booked, USDC atoms.", ("market",))
RESERVE = Metric(
    "percosec_pool_required_reserve_atoms", "gauge", "Reserve that the score asks for, atoms.", ("market",)
)
UTILISATION = Metric(
    "percosec_pool_utilisation_bps",
    "gauge",
    "Required reserve by capital, basis points; withdrawals wait above 8500.",
    ("market",),
)
ARREARS = Metric("percosec_premium_arrears_atoms", "gauge", "Premium that a market owes, USDC atoms.", ("market",))
KEEPER = Metric(
    "percosec_keeper_lamports", "gauge", "Lamports that a keeper's wallet holds.", ("wallet",), "keeper_low"
)
PROGRAM = Metric(
    "percosec_program_ours",
    "gauge",
    "1 where a program on the chain is byte for byte the build of this package, else 0.",
    ("program",),
    "program_upgraded",
)
FAILURES = Metric(
    "percosec_instruction_failures",
    "gauge",
    "Failed calls of an instruction in the last hour of the chain, by code; empty code: all.",
    ("program", "instruction", "code"),
)
CALLS = Metric(
    "percosec_instruction_calls",
    "gauge",
    "Calls of an instruction that failed at least once of late, in the last hour of the chain.",
    ("program", "instruction"),
)
DOUBLED = Metric(
    "percosec_instruction_failures_doubled",
    "gauge",
    "1 where the last hour's failure rate is at least twice that of the day before, beyond chance.",
    ("program", "instruction", "code"),
    "failures_doubled",
)
INDEX_SLOT = Metric("percosec_index_slot", "gauge", "Slot of the newest indexed transaction.")
CHAIN_TIME = Metric("percosec_chain_time_seconds", "gauge", "The chain's clock, unix seconds.")
CHAIN_SLOT = Metric("percosec_chain_slot", "gauge", "Slot of the chain when it was last looked at.")
EPOCH = Metric("percosec_epoch", "gauge", "The protocol's epoch now.")
METRICS = (
    *(VAULT_SPARE, PAYOUT_WAITING, CLAIM_SHARE, SCORE_AGE, SCORE_DUE, SCORE, GRADE, PRICE_AGE, RESTRICTED, CAPITAL),
    *(RESERVE, UTILISATION, ARREARS, KEEPER, PROGRAM, FAILURES, CALLS, DOUBLED, INDEX_SLOT, CHAIN_TIME, CHAIN_SLOT),
    EPOCH,
)


def samples(facts: Facts) -> Iterator[Sample]:
    """Of one moment."""
    yield Sample(INDEX_SLOT, facts.slot, {})
    yield Sample(CHAIN_TIME, facts.now, {})
    yield Sample(EPOCH, facts.epoch, {})
    yield from _markets(facts)
    yield from _failures(facts)
    if facts.chain is not None:
        yield Sample(CHAIN_SLOT, facts.chain.slot, {})
        for vault in facts.chain.vaults:
            yield Sample(VAULT_SPARE, vault.held - vault.owed, {"market": vault.market, "vault": vault.kind})
        for wallet in facts.chain.wallets:
            yield Sample(KEEPER, wallet.lamports, {"wallet": wallet.address})
        for program in facts.chain.programs:
            if program.slot >= 0:
                yield Sample(PROGRAM, int(program.ours), {"program": program.name})


def _markets(facts: Facts) -> Iterator[Sample]:
    waiting = {payout.market: facts.now - payout.since for payout in facts.payouts}
    shares: dict[str, int] = {}
    for claim in facts.claims:
        share = up((claim.before - claim.after) * BPS, claim.before) if claim.before else 0
        shares[claim.market] = max(share, shares.get(claim.market, 0))
    feeds = {}
    for market in facts.markets:
        labels = {"market": market.id}
        yield Sample(PAYOUT_WAITING, waiting.get(market.id, 0), labels)
        yield Sample(CLAIM_SHARE, shares.get(market.id, 0), labels)
        yield Sample(CAPITAL, market.capital, labels)
        yield Sample(RESERVE, market.required_reserve, labels)
        yield Sample(UTILISATION, market.utilisation_bps, labels)
        yield Sample(ARREARS, market.arrears, labels)
        if market.live:
            feeds[market.feed] = facts.now - market.publish_time
            yield Sample(RESTRICTED, market.reasons, labels)
            yield Sample(SCORE_DUE, facts.score_due(market), labels)
        if market.live and market.has_score:
            yield Sample(SCORE_AGE, facts.epoch - market.score_epoch, labels)
            yield Sample(SCORE, market.score, labels)
            yield Sample(GRADE, market.grade, labels)
    for feed, age in feeds.items():
        yield Sample(PRICE_AGE, age, {"feed": feed})


def _failures(facts: Facts) -> Iterator[Sample]:
    for rate in facts.failures:
        call = {"program": rate.program, "instruction": rate.instruction}
        labels = {**call, "code": rate.code}
        yield Sample(FAILURES, rate.failed, labels)
        yield Sample(DOUBLED, int(rate.change is Change.DOUBLED), labels)
        if not rate.code:
            yield Sample(CALLS, rate.calls, call)
