from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class CoverDeficitAccounts(typing.TypedDict):
    handler: Pubkey
    market: Pubkey


def cover_deficit(
    accounts: CoverDeficitAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["handler"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"o/D\xba\xa5R\xa9X"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
