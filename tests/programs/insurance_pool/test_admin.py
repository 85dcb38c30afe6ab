"""propose_admin, accept_admin and set_guardian."""

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.cover import Cover
from tests.programs.bench.twin import only

CONFIG = LOCALNET.pool_config

CEILING = 5_000
"""The config and one event."""


def test_handover_takes_two_steps(cover: Cover) -> None:
    heir = cover.wallet()
    proposed = only(cover.pool("propose_admin", {"new_admin": heir}, admin=cover.admin), "PoolAdminProposed")
    assert cover.units <= CEILING
    assert (proposed.actor, proposed.pending_after) == (cover.admin, heir)
    assert (cover.pool_config.admin, cover.pool_config.pending_admin) == (cover.admin, heir)
    accepted = only(cover.pool("accept_admin", new_admin=heir), "PoolAdminAccepted")
    assert cover.units <= CEILING
    assert (accepted.admin_before, accepted.admin_after) == (cover.admin, heir)
    assert cover.pool_config.admin == heir
    with cover.refused("E_ADMIN", CONFIG):
        cover.pool("propose_admin", {"new_admin": cover.admin}, admin=cover.admin)


def test_only_the_admin_proposes(cover: Cover) -> None:
    stranger = cover.wallet()
    with cover.refused("E_ADMIN", CONFIG):
        cover.pool("propose_admin", {"new_admin": stranger}, admin=stranger)


def test_only_the_proposed_accepts(cover: Cover) -> None:
    cover.pool("propose_admin", {"new_admin": cover.wallet()}, admin=cover.admin)
    with cover.refused("E_ADMIN", CONFIG):
        cover.pool("accept_admin", new_admin=cover.admin)


def test_guardian_is_the_admins_choice(cover: Cover) -> None:
    guard = cover.wallet()
    event = only(cover.pool("set_guardian", {"guardian": guard}, admin=cover.admin), "PoolGuardianSet")
    assert cover.units <= CEILING
    assert (event.guardian_before, event.guardian_after) == (cover.guardian, guard)
    assert cover.pool_config.guardian == guard
    with cover.refused("E_ADMIN", CONFIG):
        cover.pool("set_guardian", {"guardian": guard}, admin=guard)
