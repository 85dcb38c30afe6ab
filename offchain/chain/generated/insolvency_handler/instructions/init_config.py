from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class InitConfigArgs(typing.TypedDict):
    guardian: Pubkey
    risk_program: Pubkey
    pool_program: Pubkey


layout = borsh.CStruct(
    "guardian" / BorshPubkey, "risk_program" / BorshPubkey, "pool_program" / BorshPubkey
)


class InitConfigAccounts(typing.TypedDict):
    payer: Pubkey
    config: Pubkey


def init_config(
    args: InitConfigArgs,
    accounts: InitConfigAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["payer"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x17\xebs\xe8\xa8`\x01\xe7"
    encoded_args = layout.build(
        {
            "guardian": args["guardian"],
            "risk_program": args["risk_program"],
            "pool_program": args["pool_program"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
