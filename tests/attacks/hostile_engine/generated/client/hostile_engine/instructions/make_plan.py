from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class MakePlanArgs(typing.TypedDict):
    call: int


layout = borsh.CStruct("call" / borsh.U8)


class MakePlanAccounts(typing.TypedDict):
    creator: Pubkey
    plan: Pubkey


def make_plan(
    args: MakePlanArgs,
    accounts: MakePlanAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["creator"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["plan"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"}\xff\xb0\xf8D&QO"
    encoded_args = layout.build(
        {
            "call": args["call"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
