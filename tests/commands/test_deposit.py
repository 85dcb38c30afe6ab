"""`percosec deposit`: the position on the chain is what the command says."""

import pytest
from solders.signature import Signature

from offchain.chain.tokens import associated
from offchain.settings.paths import DEV_ADMIN
from tests.commands.terminal import Terminal
from tests.support.keys import User, keypair
from tests.support.world import World


def test_a_deposit_is_shown_sent_and_reported(world: World, terminal: Terminal, provider: User) -> None:
    market = world.market
    document = terminal.send("deposit", market.id, "1500.25", user=provider)
    (event,) = document["events"]
    position = market.position_of(provider, world.epoch)
    assert (event["event"], event["program"]) == ("Deposited", "insurance_pool")
    assert position.deposited_amount == event["amount"] == 1_500_250_000
    assert position.shares == event["minted"] == event["position_after"]["shares"]
    assert market.pool().available_balance == 1_500_250_000
    assert world.balance(provider) == 50_000_000_000 - 1_500_250_000
    assert document["sent"] and document["market_id"] == str(market.id)
    record = world.local.transaction(Signature.from_string(document["signature"]))
    assert record is not None and record.err is None and record.slot == document["slot"]
    assert document["cost_lamports"] == record.pre_balances[0] - record.post_balances[0]


def test_people_read_what_it_means_before_and_after(world: World, terminal: Terminal, provider: User) -> None:
    shown = terminal.text("deposit", world.market.id, "1500.25", "--yes", user=provider)
    unlock = world.market.position_of(provider, world.epoch).unlock_epoch
    assert "1,500.250000 USDC" in shown
    assert "locked until" in shown and f"({world.market.design.lock_epochs * 900 // 86_400} days)" in shown
    assert "Deposited" in shown and "confirmed" in shown
    assert unlock == world.epoch + world.market.design.lock_epochs


def test_a_second_deposit_of_the_epoch_joins_the_first(world: World, terminal: Terminal, provider: User) -> None:
    terminal.send("deposit", world.market.id, "100", user=provider)
    document = terminal.send("deposit", world.market.id, "50", user=provider)
    assert [event["event"] for event in document["events"]] == ["ToppedUp"]
    assert world.market.position_of(provider, world.epoch).deposited_amount == 150_000_000


def test_a_dry_run_sends_nothing(world: World, terminal: Terminal, provider: User) -> None:
    document = terminal.json("deposit", world.market.id, "100", "--dry-run", user=provider)
    assert document["sent"] is False and document["events"][0]["amount"] == 100_000_000
    assert world.market.pool().available_balance == 0
    assert world.balance(provider) == 50_000_000_000


def test_without_a_terminal_it_does_not_send_unasked(world: World, terminal: Terminal, provider: User) -> None:
    printed = terminal.run("deposit", world.market.id, "100", user=provider)
    assert printed.code == 2 and "add --yes" in printed.complaint
    assert world.market.pool().available_balance == 0


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        ("0", "give more than zero"),
        ("-5", "No such option"),
        ("12,50", "is no amount in USDC"),
        ("much", "is no amount in USDC"),
        ("1e400", "is too large"),
        ("18446744073709.551616", "is too large: at most 18,446,744,073,709.551615"),
        ("1.0000001", "more than 6 decimals"),
        ("NaN", "is no amount in USDC"),
        ("50000.000001", "E_BALANCE"),
        ("18446744073709.551615", "E_BALANCE"),
        ("9.999999", "E_MIN_DEPOSIT"),
    ],
)
def test_a_wrong_amount_is_one_line(
    world: World, terminal: Terminal, provider: User, amount: str, complaint: str
) -> None:
    said = terminal.refused("deposit", world.market.id, amount, "--yes", user=provider)
    assert said.startswith("percosec: ") and complaint in said
    assert world.balance(provider) == 50_000_000_000


def test_wrong_markets_keys_and_nodes_are_one_line(world: World, terminal: Terminal, provider: User) -> None:
    market = world.market.id
    assert "there is no market 'MOON-PERP'" in terminal.refused("deposit", "MOON-PERP", "100", user=provider)
    assert "percosec markets list" in terminal.refused("deposit", provider.key, "100", user=provider)
    assert "give --keypair FILE" in terminal.refused("deposit", market, "100")
    missing = terminal.folder / "none.json"
    assert "can't be read" in terminal.refused("deposit", market, "100", "--keypair", missing)
    missing.write_text("[1, 2, 3]")
    assert "JSON list of 64 bytes" in terminal.refused("deposit", market, "100", "--keypair", missing)
    dead = ("--rpc", "http://127.0.0.1:9")
    assert "can't be reached" in terminal.refused("deposit", market, "100", *dead, user=provider)
    assert "the cluster is devnet" in terminal.refused("deposit", market, "1", "--cluster", "devnet", user=provider)
    assert "no cluster 'moon'" in terminal.refused("deposit", market, "1", "--cluster", "moon", user=provider)


def test_an_empty_wallet_is_told_what_it_lacks(world: World, terminal: Terminal) -> None:
    pair = keypair("stranger")
    stranger = User("stranger", pair, pair.pubkey(), associated(pair.pubkey(), world.mint))
    assert "no account for USDC" in terminal.refused("deposit", world.market.id, "100", user=stranger)
    world.local.set_account(stranger.token, world.local.account(world.user(usdc="100").token))
    assert "percosec faucet" in terminal.refused("deposit", world.market.id, "101", user=stranger)
    assert "holds no SOL" in terminal.refused("deposit", world.market.id, "100", "--yes", user=stranger)


def test_a_development_key_signs_on_no_other_cluster(terminal: Terminal, world: World) -> None:
    away = ("--cluster", "devnet", "--rpc", "https://api.devnet.solana.com", "--keypair", DEV_ADMIN)
    assert "public development key" in terminal.refused("deposit", world.market.id, "100", *away)
