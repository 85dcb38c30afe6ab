"""Instructions as an attacker would change them."""

from importlib import import_module
from typing import Any

from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey


def swap(instruction: Instruction, old: Pubkey, new: Pubkey) -> Instruction:
    """The instruction with one account replaced wherever it stands; fails when it stands nowhere."""
    assert any(meta.pubkey == old for meta in instruction.accounts), f"{old} is not among the accounts"
    metas = [_meta(meta, new if meta.pubkey == old else meta.pubkey, meta.is_signer) for meta in instruction.accounts]
    return Instruction(instruction.program_id, instruction.data, metas)


def unsigned(instruction: Instruction, key: Pubkey) -> Instruction:
    """The instruction without asking this key for its signature."""
    assert any(meta.pubkey == key and meta.is_signer for meta in instruction.accounts), f"{key} does not sign"
    metas = [_meta(meta, meta.pubkey, meta.is_signer and meta.pubkey != key) for meta in instruction.accounts]
    return Instruction(instruction.program_id, instruction.data, metas)


def raw(program: str, name: str, args: dict[str, Any], accounts: dict[str, Pubkey]) -> Instruction:
    """Any instruction of any program by name, also those that only other programs should call.

    `accounts` may hold more than the instruction takes.
    """
    module = import_module(f"offchain.chain.generated.{program}.instructions")
    kind = getattr(module, "".join(part.title() for part in name.split("_")) + "Accounts")
    given = {key: accounts[key] for key in kind.__annotations__}
    build = getattr(module, name)
    built: Instruction = build(args, given) if args else build(given)
    return built


def _meta(meta: AccountMeta, key: Pubkey, is_signer: bool) -> AccountMeta:
    return AccountMeta(key, is_signer, meta.is_writable)
