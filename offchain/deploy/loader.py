"""Instructions of the upgradeable loader (version 3), as Solana's `UpgradeableLoaderInstruction` numbers them."""

from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK, RENT

from offchain.chain.addresses import SYSTEM_PROGRAM, UPGRADEABLE_LOADER
from offchain.deploy.loader_state import data_address

_INITIALIZE, _WRITE, _DEPLOY, _UPGRADE, _SET_AUTHORITY, _CLOSE, _EXTEND = range(7)
_EXTEND_CHECKED = 9


def initialize_buffer(buffer: Pubkey, authority: Pubkey) -> Instruction:
    """Make an account of the loader a buffer; in the transaction that creates it, or somebody else comes first."""
    return _instruction(_INITIALIZE, b"", _writable(buffer), _readonly(authority))


def write(buffer: Pubkey, authority: Pubkey, offset: int, content: bytes) -> Instruction:
    """Put bytes into a buffer at `offset` from the start of the bytecode."""
    body = offset.to_bytes(4, "little") + len(content).to_bytes(8, "little") + content
    return _instruction(_WRITE, body, _writable(buffer), _signer(authority))


def deploy(payer: Pubkey, program: Pubkey, buffer: Pubkey, authority: Pubkey, room: int) -> Instruction:
    """Make a program of a buffer, with `room` bytes for its bytecode; the buffer's lamports go to the payer."""
    return _instruction(
        _DEPLOY,
        room.to_bytes(8, "little"),
        AccountMeta(payer, True, True),
        _writable(data_address(program)),
        _writable(program),
        _writable(buffer),
        _readonly(RENT),
        _readonly(CLOCK),
        _readonly(SYSTEM_PROGRAM),
        _signer(authority),
    )


def upgrade(program: Pubkey, buffer: Pubkey, spill: Pubkey, authority: Pubkey) -> Instruction:
    """Replace a program's bytecode by a buffer's; the buffer's lamports go to `spill`."""
    return _instruction(
        _UPGRADE,
        b"",
        _writable(data_address(program)),
        _writable(program),
        _writable(buffer),
        _writable(spill),
        _readonly(RENT),
        _readonly(CLOCK),
        _signer(authority),
    )


def set_authority(account: Pubkey, authority: Pubkey, new_authority: Pubkey) -> Instruction:
    """Hand a buffer or a program's bytecode to another authority, which need not sign."""
    return _instruction(_SET_AUTHORITY, b"", _writable(account), _signer(authority), _readonly(new_authority))


def close_buffer(buffer: Pubkey, recipient: Pubkey, authority: Pubkey) -> Instruction:
    """Take a buffer off the chain; its lamports go to `recipient`."""
    return _instruction(_CLOSE, b"", _writable(buffer), _writable(recipient), _signer(authority))


def extend(program: Pubkey, payer: Pubkey, more: int) -> Instruction:
    """Give a program room for so many bytes more, as chains of Solana 2.2 and before take it."""
    return _instruction(
        _EXTEND,
        more.to_bytes(4, "little"),
        _writable(data_address(program)),
        _writable(program),
        _readonly(SYSTEM_PROGRAM),
        AccountMeta(payer, True, True),
    )


def extend_checked(program: Pubkey, authority: Pubkey, payer: Pubkey, more: int) -> Instruction:
    """The same signed by the upgrade authority, as newer chains demand it."""
    return _instruction(
        _EXTEND_CHECKED,
        more.to_bytes(4, "little"),
        _writable(data_address(program)),
        _writable(program),
        _signer(authority),
        _readonly(SYSTEM_PROGRAM),
        AccountMeta(payer, True, True),
    )


def _instruction(number: int, body: bytes, *accounts: AccountMeta) -> Instruction:
    return Instruction(UPGRADEABLE_LOADER, number.to_bytes(4, "little") + body, list(accounts))


def _writable(key: Pubkey) -> AccountMeta:
    return AccountMeta(key, False, True)


def _readonly(key: Pubkey) -> AccountMeta:
    return AccountMeta(key, False, False)


def _signer(key: Pubkey) -> AccountMeta:
    return AccountMeta(key, True, False)
