"""The untouched run: everything fits, wherever the evidence comes from."""

from pathlib import Path

from offchain.localnet.server import serving
from offchain.verify import Report, report
from offchain.verify.evidence.journal import read_journal
from offchain.verify.evidence.model import Call
from offchain.verify.read.programs import Programs
from offchain.verify.replay.world import WITHOUT_MONEY
from tests.verify.story import Story


def instructions(calls: list[Call], programs: Programs) -> set[tuple[str, str]]:
    names = set()
    for call in calls:
        said = programs.said(call)
        if said is not None:
            names.add((said.program, said.name))
        names |= instructions(call.children, programs)
    return names


def test_nothing_differs(clean: Report) -> None:
    assert clean.faults == []
    assert clean.ok
    assert clean.balance_sheet.difference == 0
    assert clean.no_claims == 1


def test_the_claims_reach_every_tier(clean: Report) -> None:
    assert sorted(clean.claims) == [1, 2, 3, 4]
    reached = {tier for claim in clean.all_claims for tier, amount in claim.tiers.items() if amount}
    assert reached == {"margin", "fund", "first_loss", "premium", "capital", "profit"}
    assert clean.claims[2].offset > 0
    assert clean.claims[3].uncovered > 0
    for claim in clean.all_claims:
        assert claim.recomputed_payout == claim.recorded_payout
        assert claim.recomputed_payout == sum(claim.tiers[tier] for tier in ("first_loss", "premium", "capital"))
        assert claim.recomputed_payout + claim.uncovered == claim.deficit
        assert claim.paid == claim.net == claim.recomputed_payout - claim.fee - claim.offset


def test_the_run_uses_every_instruction_that_the_replay_knows(kept: Path) -> None:
    programs = Programs()
    used = {name for one in read_journal(kept).transactions for name in instructions(one.calls, programs)}
    known = {(one.program, one.name) for one in programs._instructions.values()}
    idle = {(program, name) for program, names in WITHOUT_MONEY.items() for name in names}
    assert known - idle - used == set()


def test_every_vault_is_on_the_sheet_with_its_ledger(clean: Report, story: Story) -> None:
    m = story.market.m
    by_address = {line.address: line for line in clean.balance_sheet.lines}
    for vault in (m.pool_vault, m.vault, m.fee_vault, m.escrow):
        line = by_address[vault]
        assert line.ledger is not None and line.closing >= line.ledger
        assert line.flow.received > 0


def test_a_running_chain_gives_the_same_report(clean: Report, kept: Path, story: Story) -> None:
    from_chain = report(story.world.local)
    with serving(story.world.local) as endpoints:
        from_node = report(endpoints.http)
    for other in (from_chain, from_node):
        assert other.faults == []
        assert other.all_claims == clean.all_claims
        assert other.balance_sheet.to_json() == clean.balance_sheet.to_json()
