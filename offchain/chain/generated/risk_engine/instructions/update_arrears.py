from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class UpdateArrearsArgs(typing.TypedDict):
    epoch: int
    arrears: bool


layout = borsh.CStruct("epoch" / borsh.U64, "arrears" / borsh.Bool)


class UpdateArrearsAccounts(typing.TypedDict):
    premium_authority: Pubkey
    config: Pubkey
    inputs: Pubkey


def update_arrears(
    args: UpdateArrearsArgs,
    accounts: UpdateArrearsAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(
            pubkey=accounts["premium_authority"], is_signer=True, is_writable=True
        ),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["inputs"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xb1|\xff\x83\x8f\x0b\x02b"
    encoded_args = layout.build(
        {
            "epoch": args["epoch"],
            "arrears": args["arrears"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
