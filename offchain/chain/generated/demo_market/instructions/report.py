from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class ReportAccounts(typing.TypedDict):
    keeper: Pubkey
    market: Pubkey
    handler_program: Pubkey
    handler_config: Pubkey
    registry: Pubkey
    claim: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey


def report(
    accounts: ReportAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["keeper"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["handler_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["handler_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["claim"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"`y\xf5T\xb2-0["
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
