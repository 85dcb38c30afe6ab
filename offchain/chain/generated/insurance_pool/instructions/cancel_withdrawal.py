from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class CancelWithdrawalAccounts(typing.TypedDict):
    provider: Pubkey
    pool: Pubkey
    position: Pubkey


def cancel_withdrawal(
    accounts: CancelWithdrawalAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["provider"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["position"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xb7h\xb5\xfa\x1c\x80\xd2F"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
