from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class SetRateArgs(typing.TypedDict):
    epoch: int
    score: int
    grade: int
    utilization_bps: int
    open_interest: int
    reserve_bps: int
    score_restricted: bool


layout = borsh.CStruct(
    "epoch" / borsh.U64,
    "score" / borsh.U64,
    "grade" / borsh.U8,
    "utilization_bps" / borsh.U64,
    "open_interest" / borsh.U64,
    "reserve_bps" / borsh.U64,
    "score_restricted" / borsh.Bool,
)


class SetRateAccounts(typing.TypedDict):
    risk: Pubkey
    config: Pubkey
    premium: Pubkey


def set_rate(
    args: SetRateArgs,
    accounts: SetRateAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["risk"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"c:\xaa\xee\xa0xJ\x0b"
    encoded_args = layout.build(
        {
            "epoch": args["epoch"],
            "score": args["score"],
            "grade": args["grade"],
            "utilization_bps": args["utilization_bps"],
            "open_interest": args["open_interest"],
            "reserve_bps": args["reserve_bps"],
            "score_restricted": args["score_restricted"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
