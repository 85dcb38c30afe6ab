"""Which keys stay writable, and that moving the others changes nothing else."""

import pytest
from solders.hash import Hash
from solders.instruction import AccountMeta, Instruction
from solders.keypair import Keypair
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.localnet.addresses import RESERVED, SYSVARS, UPGRADEABLE_LOADER
from offchain.localnet.privileges import AnyMessage, demote_reserved, effective_writable, requested_writable

_PROGRAM = Keypair().pubkey()
_PAYER = Keypair()
_CLOCK = Pubkey.from_string("SysvarC1ock11111111111111111111111111111111")
_SYSTEM = Pubkey.from_string("11111111111111111111111111111111")
_PLAIN = [Keypair().pubkey() for _ in range(3)]


def _writable(key: Pubkey) -> AccountMeta:
    return AccountMeta(key, is_signer=False, is_writable=True)


def _readonly(key: Pubkey) -> AccountMeta:
    return AccountMeta(key, is_signer=False, is_writable=False)


def _message(*metas: AccountMeta, version: int | None = None) -> AnyMessage:
    instructions = [Instruction(_PROGRAM, b"data", list(metas)), Instruction(_PLAIN[0], b"", [])]
    if version is None:
        return Message.new_with_blockhash(instructions, _PAYER.pubkey(), Hash.default())
    return MessageV0.try_compile(_PAYER.pubkey(), instructions, [], Hash.default())


def _effective(message: AnyMessage) -> set[Pubkey]:
    keys = message.account_keys
    flags = effective_writable(message, keys, requested_writable(message, len(keys)))
    return {key for key, writable in zip(keys, flags, strict=True) if writable}


@pytest.mark.parametrize("version", [None, 0])
def test_reserved_and_called_keys_are_read_only(version: int | None) -> None:
    message = _message(*map(_writable, [_CLOCK, _SYSTEM, _PLAIN[0], _PLAIN[1], _PROGRAM]), version=version)
    assert _effective(message) == {_PAYER.pubkey(), _PLAIN[1]}


@pytest.mark.parametrize("version", [None, 0])
def test_loader_keeps_called_keys_writable_but_not_reserved_ones(version: int | None) -> None:
    metas = [*map(_writable, [_CLOCK, _PLAIN[0], _PROGRAM]), _readonly(UPGRADEABLE_LOADER)]
    assert _effective(_message(*metas, version=version)) == {_PAYER.pubkey(), _PLAIN[0], _PROGRAM}


@pytest.mark.parametrize("version", [None, 0])
def test_demotion_keeps_order_meaning_and_instructions(version: int | None) -> None:
    metas = [_writable(_CLOCK), _writable(_PLAIN[1]), _writable(_SYSTEM), _readonly(_PLAIN[2])]
    message = _message(*metas, version=version)
    transaction = VersionedTransaction(message, [_PAYER])
    moved, order = demote_reserved(transaction)
    assert order is not None
    after = moved.message
    keys, old_keys = after.account_keys, message.account_keys
    assert [old_keys[index] for index in order] == keys
    assert after.recent_blockhash == message.recent_blockhash
    requested = {key for key, writable in zip(keys, requested_writable(after, len(keys)), strict=True) if writable}
    assert requested == {_PAYER.pubkey(), _PLAIN[1]}
    for old, new in zip(message.instructions, after.instructions, strict=True):
        assert old_keys[old.program_id_index] == keys[new.program_id_index]
        assert [old_keys[index] for index in old.accounts] == [keys[index] for index in new.accounts]
        assert old.data == new.data


def test_nothing_moves_without_need() -> None:
    transaction = VersionedTransaction(_message(_writable(_PLAIN[1]), _readonly(_CLOCK)), [_PAYER])
    same, order = demote_reserved(transaction)
    assert same is transaction
    assert order is None


def test_as_many_keys_as_agave_reserves() -> None:
    assert SYSVARS < RESERVED
    assert len(RESERVED) == 31
