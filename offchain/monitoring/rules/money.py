"""Rules about money: what vaults hold, what waits, what was lost."""

from collections.abc import Iterator

from offchain.chain.units import BPS, format_bps, format_usdc
from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.rules.rule import Finding, Limits, Rule, Severity


def vault_below_ledger(facts: Facts, _limits: Limits) -> Iterator[Finding]:
    """A token account holds less than the ledger that it has to cover."""
    for vault in facts.chain.vaults if facts.chain else ():
        if vault.held < vault.owed:
            missing = format_usdc(vault.owed - vault.held)
            yield Finding(
                vault.address,
                f"the {vault.kind} vault {vault.address} of market {vault.market} holds {format_usdc(vault.held)} "
                f"and owes {format_usdc(vault.owed)}: {missing} USDC are missing",
            )


def payout_queued(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A payout was reserved and nobody has released it."""
    for payout in facts.payouts:
        waited = facts.now - payout.since
        if waited >= limits.settings.payout_seconds:
            yield Finding(
                payout.market,
                f"claim {payout.sequence} of market {payout.market} waits for its payout of "
                f"{format_usdc(payout.amount)} USDC for {waited} s",
                str(payout.sequence),
            )


def claim_large(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """A claim took a large part of all that a pool could pay with."""
    since = facts.now - limits.settings.claim_hours * 3_600
    for claim in facts.claims:
        lost = claim.before - claim.after
        if claim.time > since and lost * BPS > claim.before * limits.settings.claim_bps:
            yield Finding(
                f"{claim.market}/{claim.signature}",
                f"a claim took {format_usdc(lost)} of the {format_usdc(claim.before)} USDC of the pool of market "
                f"{claim.market}: {format_bps(lost * BPS // claim.before)}",
            )


RULES = (
    Rule(
        "vault_below_ledger",
        Severity.CRITICAL,
        "Vault below its ledger",
        "A vault holds fewer atoms than the program's own ledger says it owes. The programs never let this happen.",
        "held < owed, both read in one slot",
        "Let the guardian stop deposits (docs/admin.md), run `percosec verify`, look at the vault's last transactions.",
        vault_below_ledger,
        "percosec_vault_spare_atoms < 0",
    ),
    Rule(
        "payout_queued",
        Severity.WARNING,
        "Payout queued",
        "A claim was decided and its payout waits in the pool: a keeper stopped in between, or `release_funds` fails.",
        "a payout is reserved for {payout_seconds} s",
        "`percosec crank MARKET` completes it, anyone may; `-v` shows why it fails.",
        payout_queued,
        "percosec_payout_waiting_seconds >= {payout_seconds}",
    ),
    Rule(
        "claim_large",
        Severity.WARNING,
        "Large claim",
        "One claim took more than a tenth of all that a pool could pay with: providers have lost money.",
        "a claim of more than {claim_bps} bp of the pool in the last {claim_hours} h",
        "`percosec claims show` and `percosec verify` say whether it was due; tell the providers.",
        claim_large,
        "percosec_claim_share_bps > {claim_bps}",
    ),
)
