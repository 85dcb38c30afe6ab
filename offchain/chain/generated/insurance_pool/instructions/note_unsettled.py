from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class NoteUnsettledArgs(typing.TypedDict):
    unsettled: int


layout = borsh.CStruct("unsettled" / borsh.U64)


class NoteUnsettledAccounts(typing.TypedDict):
    handler: Pubkey
    config: Pubkey
    pool: Pubkey


def note_unsettled(
    args: NoteUnsettledArgs,
    accounts: NoteUnsettledAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["handler"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"Z\x8c\xc6\xdfd\x80\x7fr"
    encoded_args = layout.build(
        {
            "unsettled": args["unsettled"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
