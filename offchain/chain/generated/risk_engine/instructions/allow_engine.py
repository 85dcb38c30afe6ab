from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class AllowEngineArgs(typing.TypedDict):
    program_id: Pubkey


layout = borsh.CStruct("program_id" / BorshPubkey)


class AllowEngineAccounts(typing.TypedDict):
    admin: Pubkey
    config: Pubkey
    engine: Pubkey
    program: Pubkey


def allow_engine(
    args: AllowEngineArgs,
    accounts: AllowEngineAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["admin"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["engine"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x85\xa4\xd4F\x89^\xe2\x9b"
    encoded_args = layout.build(
        {
            "program_id": args["program_id"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
