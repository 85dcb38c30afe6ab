"""The signing key and what it holds."""

from collections.abc import Iterator

from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.commands.state import read_if_there, usdc_held
from offchain.errors import PercosecError
from offchain.settings.safety import LOCALNET

LITTLE = 10_000_000
"""Lamports below which fees and rent soon can't be paid."""


def check_key(context: Context) -> Iterator[Finding]:
    """Whether there is a key that may sign here."""
    if context.settings.keypair is None:
        yield warn("key", "none is given: only looking is possible", "give --keypair FILE or set PERCOSEC_KEYPAIR")
        return
    try:
        key = context.keypair().pubkey()
    except PercosecError as error:
        yield fail("key", str(error), "name another key")
        return
    yield ok("key", f"{key} from {context.settings.keypair}")


def check_balances(context: Context) -> Iterator[Finding]:
    """SOL and USDC of the key; nothing without one."""
    try:
        key = context.keypair().pubkey()
    except PercosecError:
        return
    local = context.settings.cluster == LOCALNET
    account = context.chain().account(key)
    lamports = account.lamports if account else 0
    text = f"{words.sol(lamports)}"
    if lamports < LITTLE:
        help_text = "percosec faucet gives some" if local else "send it some SOL"
        yield (fail if lamports == 0 else warn)("balance", f"{text} is too little for fees and rent", help_text)
    else:
        yield ok("balance", text)
    yield from _usdc(context, key, local)


def _usdc(context: Context, key: Pubkey, local: bool) -> Iterator[Finding]:
    config = read_if_there(context, RiskConfig, context.at.risk_config)
    if config is None:
        return
    held = usdc_held(context, key, config.mint)
    if held is None:
        help_text = "percosec faucet opens one" if local else "send it some USDC"
        yield warn("balance", f"no account for USDC ({config.mint})", help_text)
    else:
        yield ok("balance", words.usdc(held))
