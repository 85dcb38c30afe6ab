from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class ReportOffsetAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    pool: Pubkey
    premium_program: Pubkey
    premium_config: Pubkey
    premium: Pubkey


def report_offset(
    accounts: ReportOffsetAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["premium_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["premium_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"k\xb6\x8f-\xabDb5"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
