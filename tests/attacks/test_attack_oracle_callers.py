"""A hostile caller of the oracle adapters: forged programs, foreign signatures, accounts in each other's place."""

from solders.account import Account
from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey

from offchain.chain.instructions import risk_engine
from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD
from tests.programs.pyth_adapter.lab import PythLab
from tests.programs.switchboard_adapter.lab import SwitchboardLab
from tests.support.forging import swap, unsigned
from tests.support.oracles import make_update, open_feed, put

USD = 10**6
STRANGER = Pubkey.from_bytes(bytes([66]) * 32)


def test_attack_fake_risk_engine(lab: PythLab, board: SwitchboardLab) -> None:
    for mine, post in (
        (lab, pyth.crank(lab.stranger.key, lab.feed_id, lab.update)),
        (board, switchboard.crank(board.stranger.key, board.feed_id)),
    ):
        at = mine.world.at
        for fake in (at.demo_market, at.adapter(PYTH), at.risk_config):
            with mine.world.expect_error("E_PROGRAM"):
                mine.world.send(swap(post, at.risk_engine, fake))


def test_attack_price_for_another_feed(lab: PythLab) -> None:
    # The genuine price of SOL, pushed into the feed of something else.
    world, mine = lab.world, lab.world.feed
    other = Pubkey.from_bytes(bytes([5]) * 32)
    open_feed(world, PYTH, other)
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    with world.expect_error("E_AUTHORITY") as refused:
        world.send(swap(post, mine, world.at.feed(other)))
    assert refused[0].program == "risk_engine"
    with world.expect_error("E_FEED"):
        world.send(pyth.crank(lab.stranger.key, other, lab.update))


def test_attack_another_pull_feed_with_the_same_definition(board: SwitchboardLab) -> None:
    # Anyone may create a feed with the same queue and jobs, and choose when it is updated.
    put(board.world, STRANGER, board.account)
    post = switchboard.crank(board.stranger.key, board.feed_id)
    with board.world.expect_error("E_FEED") as refused:
        board.world.send(swap(post, board.feed_id, STRANGER))
    assert refused[0].program == "switchboard_adapter"


def test_attack_one_adapter_writes_no_feed_of_the_other(lab: PythLab) -> None:
    # A feed whose 32 bytes are a Pyth id, but that the admin gave to Switchboard's adapter, and the reverse.
    world = lab.world
    id_of_both = Pubkey.from_bytes(bytes([6]) * 32)
    open_feed(world, SWITCHBOARD, id_of_both)
    put(world, lab.update, make_update(id_of_both, 10**8, world.now))
    with world.expect_error("E_AUTHORITY"):
        world.send(pyth.crank(lab.stranger.key, id_of_both, lab.update))


def test_attack_foreign_writer(lab: PythLab) -> None:
    world, at = lab.world, lab.world.at
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    writer = at.feed_writer(PYTH, lab.feed_id)
    for other in (at.feed_writer(SWITCHBOARD, lab.feed_id), at.feed_writer(PYTH, STRANGER), lab.stranger.key):
        with world.expect_error("ACCOUNT_SEEDS"):
            world.send(swap(post, writer, other))


def test_attack_push_price_without_the_adapter(lab: PythLab) -> None:
    world, at = lab.world, lab.world.at
    with world.expect_error("E_AUTHORITY"):
        world.send(risk_engine.push_price(lab.stranger.key, world.feed, USD, 0, world.now))
    # The writer's address is nobody's key: its signature can only be left out.
    push = risk_engine.push_price(at.feed_writer(PYTH, lab.feed_id), world.feed, USD, 0, world.now)
    with world.expect_error("NOT_SIGNED"):
        world.send(unsigned(push, at.feed_writer(PYTH, lab.feed_id)), payer=lab.stranger)


def test_attack_forged_config_feed_and_clock(lab: PythLab) -> None:
    world, at = lab.world, lab.world.at
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    clock = post.accounts[8].pubkey
    forged = dict.fromkeys((world.feed, at.risk_config), STRANGER)
    for address, fake in forged.items():
        real = world.chain.account(address)
        assert real is not None
        put(world, fake, Account(real.lamports, real.data, at.demo_market))
        with world.expect_error("ACCOUNT_OWNER") as refused:
            world.send(swap(post, address, fake))
        assert refused[0].program == "risk_engine"
    with world.expect_error("ANCHOR_3015"):
        world.send(swap(post, clock, STRANGER))


def test_attack_accounts_in_another_order(lab: PythLab) -> None:
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    metas = list(post.accounts)
    metas[5], metas[6] = metas[6], metas[5]
    with lab.world.expect_error("ACCOUNT_TYPE") as refused:
        lab.world.send(Instruction(post.program_id, post.data, metas))
    assert refused[0].program == "risk_engine"


def test_attack_signer_that_is_none(lab: PythLab) -> None:
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    with lab.world.expect_error("NOT_SIGNED"):
        lab.world.send(unsigned(post, lab.stranger.key), payer=lab.world.keeper)


def test_attack_read_only_feed(lab: PythLab) -> None:
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    metas = [AccountMeta(m.pubkey, m.is_signer, m.is_writable and m.pubkey != lab.world.feed) for m in post.accounts]
    with lab.world.expect_error("ACCOUNT_READ_ONLY"):
        lab.world.send(Instruction(post.program_id, post.data, metas))
