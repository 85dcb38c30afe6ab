from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class CollectFeesArgs(typing.TypedDict):
    gross: int


layout = borsh.CStruct("gross" / borsh.U64)


class CollectFeesAccounts(typing.TypedDict):
    market: Pubkey
    premium: Pubkey
    source: Pubkey
    escrow: Pubkey


def collect_fees(
    args: CollectFeesArgs,
    accounts: CollectFeesAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["market"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["source"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["escrow"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xa4\x98\xcfc\x1e\xba\x13\xb6"
    encoded_args = layout.build(
        {
            "gross": args["gross"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
