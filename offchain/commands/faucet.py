"""`percosec faucet`: SOL and test USDC on a local chain."""

import time
from typing import Any

import click
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain import words
from offchain.chain import tokens, transactions
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.keys import development_admin
from offchain.chain.units import Number, UnitError, atoms
from offchain.commands.context import Context, with_context
from offchain.commands.options import KEY, USDC, Units
from offchain.commands.rpc import ask
from offchain.commands.state import read_if_there
from offchain.errors import PercosecError
from offchain.settings.safety import LOCALNET

LAMPORTS = 10**9
ATOMS_PER_LAMPORT = 1_000
"""SOL has nine decimals, USDC six."""
MOST_SOL = 1_000_000
FEES = LAMPORTS // 10
"""What the admin is given when it has too little to pay for minting."""
WAIT_SECONDS = 30.0


def lamports(value: Number) -> int:
    """SOL -> lamports; at most six decimals, as nobody needs dust from a faucet."""
    amount = atoms(value) * ATOMS_PER_LAMPORT
    if amount > MOST_SOL * LAMPORTS:
        raise UnitError(f"{value} SOL is more than the faucet gives at once: at most {MOST_SOL:,}")
    return amount


@click.command("faucet")
@click.argument("to", type=KEY, required=False)
@click.option(
    "--sol", type=Units("sol", lamports, positive=False), default="10", show_default=True, help="SOL to give."
)
@click.option("--usdc", type=USDC, help="Test USDC to give; 10 000 by default where the mint is there.")
@with_context
def command(context: Context, to: Pubkey | None, sol: int, usdc: int | None) -> None:
    """Give SOL and test USDC to a key on a local chain: TO, or the signing key."""
    if context.settings.cluster != LOCALNET:
        raise PercosecError(
            f"there is no faucet on {context.settings.cluster}: it gives worthless money on localnet only"
        )
    _refuse_public_chain(context)
    receiver = to or context.keypair().pubkey()
    if sol:
        airdrop(context, receiver, sol)
    mint = _mint(context)
    given = 0
    if mint is not None:
        given = atoms("10000") if usdc is None else usdc
        give_usdc(context, mint, receiver, given)
    elif usdc is not None:
        raise PercosecError("there is no test USDC on this chain yet: run percosec deploy first")
    context.emit(_document(context, receiver, mint), *_lines(receiver, sol, given, mint))


def airdrop(context: Context, to: Pubkey, amount: int) -> None:
    """SOL out of the chain's own faucet; returns when it is there."""
    before = _lamports(context, to)
    ask(context, "requestAirdrop", [str(to), amount])
    deadline = time.monotonic() + WAIT_SECONDS
    while _lamports(context, to) < before + amount:
        if time.monotonic() > deadline:
            raise PercosecError("the airdrop has not arrived: look at the chain's own output")
        time.sleep(0.1)


def give_usdc(context: Context, mint: Pubkey, to: Pubkey, amount: int) -> None:
    """New test USDC, made with the development admin's worthless key; PercosecError where it is not the issuer."""
    admin = development_admin()
    _require_issuer(context, mint, admin)
    if _lamports(context, admin.pubkey()) < FEES:
        airdrop(context, admin.pubkey(), FEES)
    steps = [
        tokens.create_associated(admin.pubkey(), to, mint),
        tokens.mint_to(mint, tokens.associated(to, mint), admin.pubkey(), amount),
    ]
    transactions.send_measured(context.chain(), steps, [admin], at=context.at)


def _mint(context: Context) -> Pubkey | None:
    """What the deployment calls USDC, or what seahorse.toml does before there is one; None where it is not there."""
    config = read_if_there(context, RiskConfig, context.at.risk_config)
    mint = Pubkey.from_string(context.cluster.usdc_mint) if config is None else config.mint
    return mint if context.chain().account(mint) is not None else None


def _require_issuer(context: Context, mint: Pubkey, admin: Keypair) -> None:
    account = context.chain().account(mint)
    if account is None or tokens.mint_authority(account, mint) != admin.pubkey():
        raise PercosecError(
            f"the development admin does not issue {mint}: only percosec deploy's own test USDC can be given"
        )


def _refuse_public_chain(context: Context) -> None:
    """A node on this machine may well serve a public chain."""
    genesis = ask(context, "getGenesisHash")
    for name, cluster in context.project.clusters.items():
        if cluster.genesis_hash and cluster.genesis_hash == genesis:
            raise PercosecError(f"this node serves {name}: the faucet gives worthless money on localnet only")


def _lamports(context: Context, key: Pubkey) -> int:
    account = context.chain().account(key)
    return account.lamports if account else 0


def _document(context: Context, receiver: Pubkey, mint: Pubkey | None) -> dict[str, Any]:
    token = tokens.associated(receiver, mint) if mint else None
    held = tokens.token_balance(context.chain().account(token), token).amount if token else 0
    return {
        "to": str(receiver),
        "lamports": _lamports(context, receiver),
        "usdc_mint": str(mint) if mint else None,
        "usdc_account": str(token) if token else None,
        "usdc": held,
    }


def _lines(receiver: Pubkey, sol: int, given: int, mint: Pubkey | None) -> list[str]:
    lines = [f"{receiver} got {words.sol(sol)}"]
    if mint is None:
        return [*lines, "no test USDC yet: percosec deploy makes its mint"]
    return [*lines, f"and {words.usdc(given)} (test money, worthless)"]
