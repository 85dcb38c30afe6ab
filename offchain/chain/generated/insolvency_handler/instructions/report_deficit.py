from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ReportDeficitArgs(typing.TypedDict):
    counter: int
    margin_total: int
    fund_total: int
    unvested_profit: int


layout = borsh.CStruct(
    "counter" / borsh.U64,
    "margin_total" / borsh.U64,
    "fund_total" / borsh.U64,
    "unvested_profit" / borsh.U64,
)


class ReportDeficitAccounts(typing.TypedDict):
    market: Pubkey
    executor: Pubkey
    config: Pubkey
    registry: Pubkey
    claim: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey


def report_deficit(
    args: ReportDeficitArgs,
    accounts: ReportDeficitAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["market"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["executor"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["claim"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"SS\xa1?!Dg\x1d"
    encoded_args = layout.build(
        {
            "counter": args["counter"],
            "margin_total": args["margin_total"],
            "fund_total": args["fund_total"],
            "unvested_profit": args["unvested_profit"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
