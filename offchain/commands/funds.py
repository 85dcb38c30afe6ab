"""The first look at a wallet, so that too little money is said in plain words instead of a program's code."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.tokens import associated, create_associated
from offchain.commands.context import Context
from offchain.commands.state import usdc_held
from offchain.errors import PercosecError
from offchain.settings.safety import LOCALNET


def require_funds(context: Context, owner: Pubkey, mint: Pubkey, amount: int) -> None:
    """PercosecError unless the owner's USDC account holds `amount` atoms."""
    held = usdc_held(context, owner, mint)
    if held is not None and held >= amount:
        return
    help_text = "percosec faucet gives test USDC" if context.settings.cluster == LOCALNET else "fund it first"
    if held is None:
        raise PercosecError(f"{owner} has no account for USDC ({mint}) yet: {help_text}")
    raise PercosecError(f"E_BALANCE: {owner} holds {words.usdc(held)}, less than {words.usdc(amount)}: {help_text}")


def payout_account(context: Context, payer: Pubkey, owner: Pubkey, mint: Pubkey) -> tuple[Pubkey, list[Instruction]]:
    """The owner's USDC account, and the instruction that opens it where it is missing."""
    address = associated(owner, mint)
    there = context.chain().account(address) is not None
    return address, [] if there else [create_associated(payer, owner, mint)]
