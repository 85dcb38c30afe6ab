from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class ApplySyncAccounts(typing.TypedDict):
    risk: Pubkey
    market: Pubkey


def apply_sync(
    accounts: ApplySyncAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["risk"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"S?\xf7 V\\-7"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
