"""Plans that must not be made or applied: too early, out of bounds, forged, or on a chain that has moved."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from solders.message import to_bytes_versioned
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.admin.errors import PlanError
from offchain.admin.planning import look, make_plan
from offchain.admin.powers import power
from offchain.admin.snapshot import digest
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.instructions.admin import propose_admin, set_guardian
from offchain.chain.units import atoms
from tests.commands.terminal import Terminal
from tests.stories.figures import assert_solvent, crash
from tests.support.keys import keypair
from tests.support.world import World

NEXT = keypair("the next one").pubkey()
DAY = 86_400


def forge(file: Path, change: Any) -> None:
    """Change a plan's file and give it a digest that fits."""
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document)
    body = {name: value for name, value in document.items() if name != "digest"}
    file.write_text(json.dumps({**body, "digest": digest(body)}), encoding="utf-8")


def test_people_see_before_after_signer_and_when(world: World, terminal: Terminal, tmp_path: Path) -> None:
    shown = terminal.text(
        *("admin", "plan", "announce-change", "--market", world.market.id),
        *("--lock", "20d", "--out", tmp_path / "plan.json"),
    )
    assert "1920 epochs (20 d)" in shown and "in force: 1344 epochs (14 d)" in shown
    assert str(world.admin.key) in shown and "admin of risk_engine" in shown
    assert f"epoch {world.epoch + 672}, 2020-03-17" in shown
    assert "Positions that exist keep lock and notice" in shown
    assert f"percosec admin apply {tmp_path / 'plan.json'}" in shown


def test_a_plan_is_saved_where_nobody_names_a_file(
    world: World, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    terminal.text("admin", "plan", "stop-deposits")
    (file,) = tmp_path.glob("stop-deposits-*.plan.json")
    assert terminal.json("admin", "check", file)["state"] == "open"


def test_the_json_document_is_the_plan_itself(
    world: World, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = terminal.run("admin", "plan", "stop-deposits", "--json")
    file = tmp_path / "piped.json"
    file.write_text(printed.out, encoding="utf-8")
    terminal.send("admin", "apply", file, user=world.guardian)
    assert world.read(PoolConfig, world.at.pool_config).paused_until == world.now + 3 * DAY


def test_the_guardian_can_not_stop_again_within_30_days(world: World, terminal: Terminal, tmp_path: Path) -> None:
    early = tmp_path / "early.json"
    terminal.json("admin", "plan", "stop-deposits", "--out", early)
    world.send(insurance_pool.stop_deposits(world.guardian.key))
    first = world.now
    assert "too early: stop-deposits is possible again from 2020-04-09" in terminal.refused(
        "admin", "plan", "stop-deposits"
    )
    world.local.warp_to(first + 30 * DAY - 1)
    assert "too early" in terminal.refused("admin", "plan", "stop-deposits")
    world.local.warp_to(first + 30 * DAY)
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "stop-deposits", "--out", file)
    # The plan of a month ago rests on a guardian who had not stopped anything yet.
    complaint = terminal.refused("admin", "apply", early, "--yes", user=world.guardian)
    assert "the chain has moved" in complaint and "insurance_pool.config.paused_until was 0" in complaint
    terminal.send("admin", "apply", file, user=world.guardian)
    assert world.read(PoolConfig, world.at.pool_config).paused_until == first + 33 * DAY


def test_a_stop_counts_from_its_landing_not_from_its_plan(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    plan = terminal.json("admin", "plan", "stop-registrations", "--out", file)
    world.advance(seconds=5_000)
    applied = terminal.send("admin", "apply", file, user=world.guardian)
    until = {found["field"]: found["after"] for found in applied["changes"]}["risk_engine.config.paused_until"]
    assert until == plan["made_at"] + 5_000 + 3 * DAY == world.read(RiskConfig, world.at.risk_config).paused_until


def test_a_chain_that_has_moved_is_refused(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    terms = ("--market", world.market.id, "--lock", "20d")
    terminal.json("admin", "plan", "announce-change", *terms, "--out", file)
    world.send(risk_engine.announce_change(world.admin.key, world.market.id, 700, 96, 300_000))
    complaint = terminal.refused("admin", "apply", file, "--yes", user=world.admin)
    assert "the chain has moved since the plan was made" in complaint
    assert "risk_engine.market_config.next_lock was 0, is 700" in complaint
    assert world.market.config().next_lock == 700
    checked = terminal.json("admin", "check", file, code=1)
    assert checked["state"] == "moved" and len(checked["differences"]) == 5
    assert "moved" in terminal.run("admin", "check", file).out


def test_another_holder_of_the_role_is_a_moved_chain(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file, heir = tmp_path / "plan.json", world.user(name="the next one")
    terminal.json("admin", "plan", "stop-deposits", "--out", file)
    world.send(set_guardian("insurance_pool", world.admin.key, heir.key))
    for who in (world.guardian, heir):
        complaint = terminal.refused("admin", "apply", file, "--yes", user=who)
        assert "insurance_pool.config.guardian was" in complaint


def test_what_the_plan_does_not_rest_on_may_move(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "announce-change", "--market", world.market.id, "--lock", "20d", "--out", file)
    world.send(propose_admin("risk_engine", world.admin.key, NEXT))
    world.crank_epoch()
    terminal.send("admin", "apply", file, user=world.admin)
    assert world.market.config().next_epoch == world.epoch + 672


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda d: d["changes"][0].update(after=str(Pubkey.default())), "the chain would make it"),
        (lambda d: d["changes"][0].update(after=5), "the chain would make it"),
        (lambda d: d["changes"][0].update(after=None, moves="flow"), "which propose-admin does not change"),
        (lambda d: d["arguments"].update(to=str(Pubkey.default())), "nothing would change"),
        (lambda d: d["arguments"].update(to=str(keypair("a thief").pubkey())), "the chain would make it"),
        (lambda d: d["arguments"].update(to="no key"), "is no address"),
        (lambda d: d["arguments"].update(more="1"), "are not those of propose-admin"),
        (lambda d: d["arguments"].update(program="demo_market"), "is no program"),
        (lambda d: d["changes"][0].update(field="guardian"), "which propose-admin does not change"),
        (lambda d: d["changes"].pop(), "leaves out what propose-admin changes"),
        (lambda d: d["basis"].pop(), "it rests on other accounts"),
        (lambda d: d["basis"][0].update(address=str(Pubkey.default())), "is another account"),
        (lambda d: d["basis"][0].update(sha256="00"), "differs from the plan's hash"),
        (lambda d: d.update(power="mint"), "there is no power 'mint'"),
        (lambda d: d.update(power="stop-deposits"), "are not those of stop-deposits"),
        (lambda d: d.update(cluster="mainnet"), "the plan is for mainnet, this is localnet"),
    ],
)
def test_a_forged_plan_is_refused(
    world: World, terminal: Terminal, tmp_path: Path, change: Any, complaint: str
) -> None:
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "propose-admin", "--to", NEXT, "--out", file)
    forge(file, change)
    assert complaint in terminal.refused("admin", "apply", file, "--yes", user=world.admin)
    assert world.read(RiskConfig, world.at.risk_config).pending_admin == Pubkey.default()


def test_a_changed_file_without_a_fitting_digest_is_refused(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "stop-deposits", "--out", file)
    file.write_text(file.read_text(encoding="utf-8").replace("stop-deposits", "stop-registrations"), encoding="utf-8")
    assert "was changed after it was made" in terminal.refused("admin", "apply", file, user=world.guardian)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ["announce-change", "--market", "{market}", "--lock", "31d"],
            "--lock 2976 epochs (31 d) is out of bounds",
        ),
        (
            ["announce-change", "--market", "{market}", "--notice", "3"],
            "choose from 4 epochs (1 h) to 672 epochs (7 d)",
        ),
        (["announce-change", "--market", "{market}", "--max-leverage", "0.5"], "choose from 1x to 100x"),
        (["announce-change", "--market", "{market}", "--lock", "soon"], "is no span of time"),
        (["announce-change", "--market", "{market}", "--lock", "1000m"], "is no whole number of epochs of 900 s"),
        (["announce-change", "--lock", "14d"], "announce-change needs --market"),
        (["announce-change", "--market", "DOGE-PERP"], "there is no market 'DOGE-PERP'"),
        (["announce-change", "--market", "{stranger}"], "there is no MarketConfig at"),
        (["apply-change", "--market", "{market}"], "anyone may sign apply-change: say who"),
        (["apply-change", "--market", "{market}", "--signer", "{keeper}"], "E_STATE: no change is announced"),
        (["allow-engine", "--engine", "{stranger}"], "there is no program at"),
        (["allow-engine", "--engine", "{engine}"], "ACCOUNT_EXISTS"),
        (["allow-engine"], "allow-engine needs --engine"),
        (["remove-engine", "--engine", "{stranger}"], "was never on the list of engines"),
        (["restore-engine", "--engine", "{engine}"], "nothing would change: restore-engine is in force already"),
        (["open-feed", "--source", "oracle", "--feed", "BTC/USD"], "'oracle' is no source of prices"),
        (["open-feed", "--source", "pyth", "--feed", "BTC/USD"], "'BTC/USD' is no Pyth feed id"),
        (["open-feed", "--source", "publisher", "--feed", "btc"], "'btc' is no pair"),
        (["set-pyth-rules", "--feed", "BTC/USD", "--second", "none"], "'BTC/USD' is no Pyth feed id"),
        (["set-pyth-rules", "--feed", "{hex}"], "set-pyth-rules needs --second"),
        (["set-pyth-rules", "--feed", "{hex}", "--second", "{stranger}", "--min-samples", "1"], "choose 2 to 32"),
        (["set-switchboard-rules", "--feed", "x", "--second", "none"], "'x' is no address"),
        (["collect-treasury", "--market", "{market}"], "nothing would change"),
        (["propose-admin", "--to", "me"], "'me' is no address"),
        (["propose-admin", "--program", "demo_market", "--to", "{stranger}"], "'demo_market' is no program"),
        (["accept-admin"], "no admin is proposed for risk_engine"),
        (["set-guardian", "--to", "{guardian}"], "nothing would change"),
        (
            ["set-guardian", "--to", "{stranger}", "--fee-payer", "{poor}"],
            "holds no SOL to pay the fee: fund it, or name",
        ),
        (["stop-deposits", "--out", "/nowhere/plan.json"], "can't be written"),
        (["stop-deposits", "--unsigned", "/nowhere/tx"], "can't be written"),
        (["mint"], "No such command 'mint'"),
    ],
)
def test_what_can_not_be_planned(world: World, terminal: Terminal, arguments: list[str], complaint: str) -> None:
    names = {
        "market": world.market.id,
        "stranger": keypair("a stranger").pubkey(),
        "poor": keypair("a poor one").pubkey(),
        "engine": world.at.demo_market,
        "hex": "e6" * 32,
        "keeper": world.keeper.key,
        "guardian": world.guardian.key,
    }
    given = [argument.format(**names) for argument in arguments]
    assert complaint in terminal.refused("admin", "plan", *given)


def test_due_changes_say_when(world: World, terminal: Terminal) -> None:
    world.send(risk_engine.announce_change(world.admin.key, world.market.id, 960, 96, 1_000_000))
    due = world.market.config().next_epoch
    command = ("admin", "plan", "apply-change", "--market", world.market.id, "--signer", world.keeper.key)
    world.go_to_epoch(due - 1)
    assert f"(epoch {due})" in terminal.refused(*command)
    world.go_to_epoch(due)
    assert terminal.json(*command)["power"] == "apply-change"


def test_another_signer_gets_an_unsigned_transaction(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file, blob = tmp_path / "plan.json", tmp_path / "transaction.txt"
    terminal.json("admin", "plan", "propose-admin", "--to", NEXT, "--out", file, "--unsigned", blob)
    unsigned = VersionedTransaction.from_bytes(b64decode(blob.read_text(encoding="ascii")))
    assert [str(signature) for signature in unsigned.signatures] == ["1" * 64]
    signature = world.admin.pair.sign_message(to_bytes_versioned(unsigned.message))
    record = world.local.send(VersionedTransaction.populate(unsigned.message, [signature]))
    assert record.err is None
    assert world.read(RiskConfig, world.at.risk_config).pending_admin == NEXT
    assert terminal.json("admin", "check", file)["state"] == "in force"


def test_somebody_else_may_pay_for_a_multisig(world: World, terminal: Terminal, tmp_path: Path) -> None:
    """An address without a key and without SOL can be an admin: its program signs, another pays."""
    vault = Pubkey.find_program_address([b"multisig"], world.at.demo_market)[0]
    for program in ("risk_engine", "premium_manager", "insurance_pool", "insolvency_handler"):
        world.send(propose_admin(program, world.admin.key, vault))
    assert f"{vault} holds no SOL to pay the fee" in terminal.refused("admin", "plan", "accept-admin")
    blob = tmp_path / "transaction.txt"
    plan = terminal.json("admin", "plan", "accept-admin", "--fee-payer", world.keeper.key, "--unsigned", blob)
    assert {found["address"] for found in plan["signers"]} == {str(vault)}
    message = VersionedTransaction.from_bytes(b64decode(blob.read_text(encoding="ascii"))).message
    signers = message.account_keys[: message.header.num_required_signatures]
    assert set(signers) == {world.keeper.key, vault} and signers[0] == world.keeper.key


def test_without_a_yes_nothing_is_sent(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "stop-deposits", "--out", file)
    assert "add --yes" in terminal.run("admin", "apply", file, user=world.guardian).complaint
    assert terminal.json("admin", "apply", file, "--dry-run", user=world.guardian)["sent"] is False
    assert world.read(PoolConfig, world.at.pool_config).paused_until == 0


def test_a_key_is_needed_to_apply_and_none_to_plan(world: World, terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "stop-deposits", "--out", file)
    assert "no key to sign with" in terminal.refused("admin", "apply", file)


def test_fees_that_came_in_since_the_plan_go_too(world: World, terminal: Terminal, tmp_path: Path) -> None:
    market, file = world.market, tmp_path / "plan.json"
    market.cover("100000")
    trader = market.trader("40000")
    nonces = [market.open(trader, is_long=True, base="20", margin="10000") for _ in range(2)]
    crash(world, market, "6400")
    market.claim(trader, nonces[0])
    plan = terminal.json("admin", "plan", "collect-treasury", "--market", market.id, "--out", file)
    assert plan["changes"][0]["before"] == market.pool().treasury_fees == atoms("2")
    market.claim(trader, nonces[1])
    # Somebody deposits, and fees come in, between the landing and the read-back.
    late = _After(
        lambda: (market.cover("1000", name="late lp"), world.edit(InsurancePool, market.m.pool, treasury_fees=1))
    )
    world.local.listen(late)
    terminal.send("admin", "apply", file, user=world.treasury)
    world.local.unlisten(late)
    assert world.balance(world.treasury) == atoms("4")
    assert terminal.json("admin", "check", file)["state"] == "in force"
    world.edit(InsurancePool, market.m.pool, treasury_fees=0)
    assert_solvent(market)


def test_a_change_at_the_same_moment_is_found_by_the_read_back(
    world: World, terminal: Terminal, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    terminal.json("admin", "plan", "set-guardian", "--program", "risk_engine", "--to", NEXT, "--out", file)
    rival = _After(lambda: world.send(set_guardian("risk_engine", world.admin.key, world.keeper.key)))
    world.local.listen(rival)
    printed = terminal.run("admin", "apply", file, "--yes", user=world.admin)
    world.local.unlisten(rival)
    assert printed.code == 1
    assert f"risk_engine.config.guardian is {world.keeper.key} where {NEXT} was planned" in printed.err


class _After:
    """Does something as soon as a transaction has landed, once."""

    def __init__(self, action: Callable[[], object]) -> None:
        self._action, self._done = action, False

    def transaction_landed(self, record: Any, changes: Any) -> None:
        if not self._done:
            self._done = True
            self._action()

    def slot_changed(self, slot: int, parent: int) -> None:
        pass


def test_a_change_that_the_table_does_not_name_stops_the_plan(world: World) -> None:
    """As if the program had been upgraded to do more than this client knows."""
    known = power("announce-change")
    less = replace(known, changes=known.changes[1:])
    values = {"market": world.market.id, "lock": 700, "notice": 96, "max_leverage": 200_000}
    found = look(world.chain, world.at, less, values)
    with pytest.raises(PlanError, match=r"would change risk_engine\.market_config\.next_lock, which this client"):
        make_plan(world.chain, found, "localnet")
