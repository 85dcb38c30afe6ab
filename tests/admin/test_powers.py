"""The table of powers holds every instruction that only admin, guardian or treasury may sign, and no other."""

from importlib import import_module

import pytest

from offchain.admin.document import power_document, powers_table
from offchain.admin.errors import PlanError
from offchain.admin.holders import ADAPTERS, governing
from offchain.admin.power import GOVERNED, Field, Power, Role
from offchain.admin.powers import POWERS, power
from offchain.chain.idl import load_idl, snake
from offchain.settings.paths import ROOT
from scripts.quality.program_source import Sources

SIGNERS = {"admin", "new_admin", "guardian", "treasury"}
"""Signing accounts that stand for a role."""
FREE = {("risk_engine", "apply_change")}
"""Anyone's, in the table because it carries out what an admin announced."""
ONCE = "init_config"
"""Signed by a key compiled into the program: a deployment, no power that is used again."""
TYPES = {"engine": "AllowedEngine", "feed": "PriceFeed", "market_config": "MarketConfig"}
TYPES |= {"pool": "InsurancePool", "rules": "Rules"}
CONFIGS = dict(zip(GOVERNED, ("RiskConfig", "PremiumConfig", "PoolConfig", "HandlerConfig"), strict=True))


def table() -> set[tuple[str, str]]:
    return {(program, found.instruction) for found in POWERS for program in found.programs}


def test_no_instruction_of_the_idls_with_such_a_signer_is_missing() -> None:
    found = {
        (program, snake(instruction["name"]))
        for program in (*Sources().programs, *ADAPTERS)
        for instruction in load_idl(program)["instructions"]
        if SIGNERS & {snake(account["name"]) for account in instruction["accounts"] if account["isSigner"]}
    }
    assert table() == found | FREE


def test_no_instruction_whose_source_checks_a_role_is_missing() -> None:
    sources = Sources()
    checked = {
        (program, instruction)
        for program in sources.programs
        for instruction in sources.instructions(program)
        for refusal in sources.refusals(program, instruction)
        if refusal.code in ("E_ADMIN", "E_GUARDIAN") or "treasury" in refusal.message
    }
    seahorse = {found for found in table() if found[0] not in ADAPTERS}
    assert seahorse - FREE == {found for found in checked if found[1] != ONCE}


@pytest.mark.parametrize("found", POWERS, ids=lambda found: found.name)
def test_signer_and_changed_fields_are_those_of_the_idl(found: Power) -> None:
    for program in found.programs:
        idl = next(i for i in load_idl(program)["instructions"] if snake(i["name"]) == found.instruction)
        accounts = {snake(account["name"]): account for account in idl["accounts"]}
        assert accounts[found.signer]["isSigner"]
        fields = [*found.changes, *found.rests, *(f for f in (found.starts, found.ends, found.due) if f)]
        for field in fields:
            _exists(field, program, "pool" if field.account == "pool" else field.account, found)
        if found.role is not Role.ANYONE:
            holder = governing(program)
            assert hasattr(_type(holder, CONFIGS[holder]), "layout")
            assert found.role.value in _names(holder, CONFIGS[holder])


def _exists(field: Field, program: str, account: str, found: Power) -> None:
    if field.name == "amount":
        return
    owner = "insurance_pool" if account == "pool" else program
    kind = CONFIGS[program] if account == "config" else TYPES[account]
    names = _names(owner, kind)
    assert field.name in names, f"{found.name}: {kind} has no {field.name}"
    assert not field.replaces or field.replaces in names


def _names(program: str, kind: str) -> set[str]:
    return {field.name for field in _type(program, kind).layout.subcons}


def _type(program: str, kind: str):
    return getattr(import_module(f"offchain.chain.generated.{program}.accounts"), kind)


def test_names_are_unique_and_unknown_ones_are_refused() -> None:
    assert len({found.name for found in POWERS}) == len(POWERS)
    with pytest.raises(PlanError, match="there is no power 'mint'"):
        power("mint")


def test_each_power_says_what_it_can_not_touch() -> None:
    for found in POWERS:
        assert found.sentence.endswith(".") and found.cannot.endswith(".") and found.effect, found.name


def test_the_document_of_admins_holds_the_table() -> None:
    text = (ROOT / "docs" / "admin.md").read_text(encoding="utf-8")
    assert powers_table() in text, (
        "docs/admin.md is older than the powers: paste offchain.admin.document.powers_table()"
    )


def test_powers_as_json() -> None:
    document = power_document(power("announce-change"))
    assert document["signed_by"] == "admin"
    assert "market_config.next_lock" in document["changes"]
