"""What the independent verifier says about the chain that was played on."""

from dataclasses import dataclass

from offchain.demo.result import Payouts
from offchain.demo.stage import Stage
from offchain.verify import report


@dataclass(frozen=True)
class Verdict:
    """The verifier's findings."""

    payouts: Payouts
    faults: tuple[str, ...]
    """One sentence for each thing that does not follow from the raw transactions."""


def recompute(stage: Stage) -> Verdict:
    """Let the verifier read the stage's chain."""
    found = report(stage.evidence)
    return Verdict(
        payouts={(claim.market, claim.sequence): claim.recomputed_payout for claim in found.all_claims},
        faults=tuple(str(one) for one in found.problems),
    )
