from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class OpenPoolArgs(typing.TypedDict):
    market_id: Pubkey


layout = borsh.CStruct("market_id" / BorshPubkey)


class OpenPoolAccounts(typing.TypedDict):
    payer: Pubkey
    pool: Pubkey


def open_pool(
    args: OpenPoolArgs,
    accounts: OpenPoolAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["payer"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"`\xd7n=\x01\xf6\xcd\xe4"
    encoded_args = layout.build(
        {
            "market_id": args["market_id"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
