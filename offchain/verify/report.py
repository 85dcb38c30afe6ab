"""The verification: evidence in, report out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from solders.pubkey import Pubkey

from offchain.localnet.chain import LocalChain
from offchain.settings.project import load_project
from offchain.verify.checks.balance import BalanceSheet, balance_sheet
from offchain.verify.checks.claims import Claim, claims
from offchain.verify.checks.flows import Flows
from offchain.verify.checks.states import check_states
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.journal import read_journal
from offchain.verify.evidence.local import read_local
from offchain.verify.evidence.model import Evidence
from offchain.verify.evidence.rpc import read_rpc
from offchain.verify.read.programs import Programs
from offchain.verify.replay.problems import Problem
from offchain.verify.replay.world import World

Source = Evidence | LocalChain | Path | str
"""Evidence, a local chain, the path of its state, or the URL of an RPC node."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found."""

    source: str
    transactions: int
    all_claims: list[Claim]
    """In the order of the reports, over all markets."""
    no_claims: int
    balance_sheet: BalanceSheet
    problems: list[Problem]

    @property
    def ok(self) -> bool:
        """Whether everything fits."""
        return not self.problems

    @property
    def payouts(self) -> dict[tuple[Pubkey, int], int]:
        """(market, sequence) -> recomputed payout."""
        return {(claim.market, claim.sequence): claim.recomputed_payout for claim in self.all_claims}

    @property
    def faults(self) -> list[str]:
        """One sentence for each problem."""
        return [str(problem) for problem in self.problems]

    @property
    def claims(self) -> dict[int, Claim]:
        """Claims by sequence number; where several markets have claims, ask `claims_of`."""
        return {claim.sequence: claim for claim in self.all_claims}

    def claims_of(self, market: object) -> dict[int, Claim]:
        """One market's claims by sequence number; the market as Pubkey or base58."""
        return {claim.sequence: claim for claim in self.all_claims if str(claim.market) == str(market)}

    def to_json(self) -> dict[str, Any]:
        """The whole report; amounts are integers in atoms."""
        return {
            "source": self.source,
            "ok": self.ok,
            "transactions": self.transactions,
            "claims": [claim.to_json() for claim in self.all_claims],
            "no_claims": self.no_claims,
            "balance_sheet": self.balance_sheet.to_json(),
            "problems": [{"place": one.place, "expected": one.expected, "found": one.found} for one in self.problems],
        }


def report(source: Source, cluster: str = "localnet") -> Report:
    """Verify a chain; VerifyError when there is nothing that can be verified."""
    programs = Programs(cluster)
    evidence = _evidence(source, programs)
    project = load_project()
    profile = next(one for one in project.profiles.values() if one.cluster == cluster)
    mint = programs.mint(evidence.accounts)
    if mint not in evidence.accounts:
        raise VerifyError(f"{evidence.source} does not hold the mint {mint}: name a complete state")
    world = World(programs, profile.parameters)
    for transaction in evidence.transactions:
        world.play(transaction)
    flows = Flows(mint, programs, world.problems)
    flows.play(evidence)
    found = claims(evidence, programs, world, world.problems)
    sheet = balance_sheet(evidence, mint, flows, world, world.problems)
    check_states(evidence, programs, world, world.problems)
    return Report(
        source=evidence.source,
        transactions=len(evidence.transactions),
        all_claims=found,
        no_claims=sum(len(registry.no_claims) for registry in world.registries.all.values()),
        balance_sheet=sheet,
        problems=world.problems.all,
    )


def _evidence(source: Source, programs: Programs) -> Evidence:
    if isinstance(source, Evidence):
        return source
    if isinstance(source, LocalChain):
        return read_local(source, programs)
    if isinstance(source, str) and "://" in source:
        return read_rpc(source, programs)
    return read_journal(Path(source))
