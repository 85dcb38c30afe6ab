"""Plans and new markets on Solana's own test validator: its simulations, its clock, its rent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, RiskConfig
from offchain.chain.units import atoms
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator
from tests.commands.terminal import Terminal
from tests.conformance.legs import absence
from tests.support.keys import User
from tests.support.remote import RemoteWorld

EPOCH_SECONDS = 6
TICKS_PER_SLOT = 16


@pytest.fixture(scope="module")
def remote() -> Iterator[RemoteWorld]:
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    with running_validator(project_programs(), admin(), ticks_per_slot=TICKS_PER_SLOT) as endpoints:
        world = RemoteWorld(endpoints.http, EPOCH_SECONDS)
        world.push_price()
        yield world
        world.close()


@pytest.fixture
def shell(
    remote: RemoteWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    monkeypatch.setenv("PERCOSEC_RPC", remote.url)
    monkeypatch.delenv("PERCOSEC_KEYPAIR", raising=False)
    return Terminal(tmp_path, capsys)


def test_a_market_costs_what_was_said_and_is_administered(remote: RemoteWorld, shell: Terminal, tmp_path: Path) -> None:
    creator = remote.user(usdc="5000", name="validator creator")
    before = remote.chain.account(creator.key)
    wanted = ("markets", "create", "--feed", remote.feed, "--depth", "5000000", "--stake", "4000")
    made = shell.send(*wanted, user=creator)
    after = remote.chain.account(creator.key)
    assert before is not None and after is not None
    assert before.lamports - after.lamports == made["cost"]["lamports"] == 39_150_200
    assert remote.balance(creator) == atoms("1000")
    assert shell.send(*wanted, user=creator)["sent"] == []

    file = tmp_path / "change.json"
    plan = shell.json("admin", "plan", "announce-change", "--market", made["market_id"], "--lock", "700", "--out", file)
    applied = shell.send("admin", "apply", file, user=remote.admin)
    after_fields = {found["field"]: found["after"] for found in applied["changes"]}
    assert after_fields["risk_engine.market_config.next_lock"] == 700
    planned = {found["field"]: found["after"] for found in plan["changes"]}["next_epoch"]
    assert after_fields["risk_engine.market_config.next_epoch"] >= planned
    assert shell.json("admin", "check", file)["state"] == "in force"


def test_powers_are_planned_and_applied(remote: RemoteWorld, shell: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"

    def use(signer: User, *arguments: object) -> None:
        shell.json("admin", "plan", *arguments, "--out", file)
        shell.send("admin", "apply", file, user=signer)
        assert shell.json("admin", "check", file)["state"] == "in force"

    use(remote.guardian, "stop-deposits")
    assert "too early" in shell.refused("admin", "plan", "stop-deposits")
    assert remote.read(PoolConfig, remote.at.pool_config).paused_until > remote.now + 3 * 86_400 - 60
    use(remote.admin, "allow-engine", "--engine", remote.at.insurance_pool)
    assert remote.read(AllowedEngine, remote.at.engine(remote.at.insurance_pool)).active
    heir = remote.user(name="validator heir")
    use(remote.admin, "propose-admin", "--to", heir.key)
    use(heir, "accept-admin")
    assert remote.read(RiskConfig, remote.at.risk_config).admin == heir.key
    use(heir, "propose-admin", "--to", remote.admin.key)
    use(remote.admin, "accept-admin")
    upgraders = shell.json("admin", "show")["upgrade_authorities"]
    assert set(upgraders.values()) == {str(remote.admin.key)}
