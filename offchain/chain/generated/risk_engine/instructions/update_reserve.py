from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class UpdateReserveArgs(typing.TypedDict):
    epoch: int
    available: int
    pending: int
    utilization_bps: int
    exit: bool


layout = borsh.CStruct(
    "epoch" / borsh.U64,
    "available" / borsh.U64,
    "pending" / borsh.U64,
    "utilization_bps" / borsh.U64,
    "exit" / borsh.Bool,
)


class UpdateReserveAccounts(typing.TypedDict):
    pool_authority: Pubkey
    config: Pubkey
    inputs: Pubkey


def update_reserve(
    args: UpdateReserveArgs,
    accounts: UpdateReserveAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(
            pubkey=accounts["pool_authority"], is_signer=True, is_writable=True
        ),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["inputs"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b".\xfa\xf9\xf0\xa66\x16V"
    encoded_args = layout.build(
        {
            "epoch": args["epoch"],
            "available": args["available"],
            "pending": args["pending"],
            "utilization_bps": args["utilization_bps"],
            "exit": args["exit"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
