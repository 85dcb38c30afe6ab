from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ReportArgs(typing.TypedDict):
    index: int
    bump: int
    counter: int


layout = borsh.CStruct("index" / borsh.U64, "bump" / borsh.U8, "counter" / borsh.U64)


class ReportAccounts(typing.TypedDict):
    creator: Pubkey
    market: Pubkey
    handler_program: Pubkey
    handler_config: Pubkey
    registry: Pubkey
    claim: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey


def report(
    args: ReportArgs,
    accounts: ReportAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["creator"], is_signer=True, is_writable=True),
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
    encoded_args = layout.build(
        {
            "index": args["index"],
            "bump": args["bump"],
            "counter": args["counter"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
