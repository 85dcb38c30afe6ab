from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class UpdateStatisticsArgs(typing.TypedDict):
    epoch: int
    oi_long: int
    oi_short: int
    oi_now: int
    mean_leverage: int
    depth: int
    cum_funding: int


layout = borsh.CStruct(
    "epoch" / borsh.U64,
    "oi_long" / borsh.U64,
    "oi_short" / borsh.U64,
    "oi_now" / borsh.U64,
    "mean_leverage" / borsh.U64,
    "depth" / borsh.U64,
    "cum_funding" / borsh.I64,
)


class UpdateStatisticsAccounts(typing.TypedDict):
    market: Pubkey
    inputs: Pubkey


def update_statistics(
    args: UpdateStatisticsArgs,
    accounts: UpdateStatisticsAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["market"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["inputs"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x08\xa1N\xd9\xea5Z\x9b"
    encoded_args = layout.build(
        {
            "epoch": args["epoch"],
            "oi_long": args["oi_long"],
            "oi_short": args["oi_short"],
            "oi_now": args["oi_now"],
            "mean_leverage": args["mean_leverage"],
            "depth": args["depth"],
            "cum_funding": args["cum_funding"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
