from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ResolveExtremeArgs(typing.TypedDict):
    now: int


layout = borsh.CStruct("now" / borsh.I64)


class ResolveExtremeAccounts(typing.TypedDict):
    pool_authority: Pubkey
    keeper: Pubkey
    market: Pubkey
    victim_program: Pubkey
    victim_config: Pubkey
    victim: Pubkey
    plan: Pubkey


def resolve_extreme(
    args: ResolveExtremeArgs,
    accounts: ResolveExtremeAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(
            pubkey=accounts["pool_authority"], is_signer=True, is_writable=True
        ),
        AccountMeta(pubkey=accounts["keeper"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["victim_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["victim_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["victim"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["plan"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"R]z\xc6\xb15\x10\x08"
    encoded_args = layout.build(
        {
            "now": args["now"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
