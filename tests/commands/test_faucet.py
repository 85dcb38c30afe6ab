"""`percosec faucet`: worthless money on a local chain and nowhere else."""

import pytest
from solders.account import Account

from offchain.chain import tokens
from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.keys import dev_key, development_admin
from tests.commands.terminal import Terminal
from tests.support.keys import User, keypair
from tests.support.world import World, _mint_account


@pytest.fixture
def stranger(world: World) -> User:
    """Somebody with nothing at all."""
    pair = keypair("penniless")
    return User("penniless", pair, pair.pubkey(), tokens.associated(pair.pubkey(), world.mint))


def _make_admin_issuer(world: World) -> None:
    world.local.set_account(world.mint, _mint_account(development_admin().pubkey()))


def test_it_gives_sol_and_usdc(world: World, terminal: Terminal, stranger: User) -> None:
    _make_admin_issuer(world)
    document = terminal.json("faucet", "--sol", "2.5", "--usdc", "1234.5", user=stranger)
    account = world.chain.account(stranger.key)
    assert account is not None and account.lamports == document["lamports"] == 2_500_000_000
    assert world.balance(stranger) == document["usdc"] == 1_234_500_000
    assert document["usdc_account"] == str(stranger.token)
    again = terminal.json("faucet", stranger.key)
    assert (again["lamports"], again["usdc"]) == (12_500_000_000, 11_234_500_000)


def test_a_chain_without_test_usdc_still_gives_sol(world: World, terminal: Terminal, stranger: User) -> None:
    world.local.set_account(world.at.risk_config, Account(0, b"", world.at.risk_engine))
    assert "percosec deploy makes its mint" in terminal.text("faucet", stranger.key)
    assert "run percosec deploy first" in terminal.refused("faucet", stranger.key, "--usdc", "5")
    usdc = dev_key("usdc_mint").pubkey()
    world.local.set_account(usdc, _mint_account(development_admin().pubkey()))
    given = terminal.json("faucet", stranger.key, "--usdc", "5")
    held = world.chain.account(tokens.associated(stranger.key, usdc))
    assert held is not None and held.owner == TOKEN_PROGRAM
    assert given["usdc"] == tokens.token_balance(held, usdc).amount == 5_000_000


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--usdc", "0"), "give more than zero"),
        (("--usdc", "18446744073709.551616"), "is too large"),
        (("--usdc", "lots"), "is no amount in USDC"),
        (("--sol", "1000000.000001"), "at most 1,000,000"),
        (("--sol", "-1"), "No such option: -1"),
        (("--usdc", "5"), "the development admin does not issue"),
    ],
)
def test_wrong_wishes_are_one_line(
    world: World, terminal: Terminal, stranger: User, arguments: tuple[str, ...], complaint: str
) -> None:
    said = terminal.refused("faucet", *arguments, user=stranger)
    assert complaint in said or "can't be negative" in said


def test_who_gets_it_must_be_known(terminal: Terminal) -> None:
    assert "is no public key" in terminal.refused("faucet", "me")
    assert "give --keypair FILE" in terminal.refused("faucet")


def test_other_clusters_have_no_faucet(terminal: Terminal, stranger: User) -> None:
    away = ("--cluster", "devnet", "--rpc", "https://api.devnet.solana.com")
    assert "there is no faucet on devnet" in terminal.refused("faucet", stranger.key, *away)
