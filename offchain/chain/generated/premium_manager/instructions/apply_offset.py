from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ApplyOffsetArgs(typing.TypedDict):
    cumulative: int


layout = borsh.CStruct("cumulative" / borsh.U64)


class ApplyOffsetAccounts(typing.TypedDict):
    pool_authority: Pubkey
    config: Pubkey
    premium: Pubkey


def apply_offset(
    args: ApplyOffsetArgs,
    accounts: ApplyOffsetAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(
            pubkey=accounts["pool_authority"], is_signer=True, is_writable=True
        ),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xc3\xa1!\xe7\xca_\x99E"
    encoded_args = layout.build(
        {
            "cumulative": args["cumulative"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
