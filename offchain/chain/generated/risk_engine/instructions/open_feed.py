from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class OpenFeedArgs(typing.TypedDict):
    feed_id: Pubkey
    source: int
    writer: Pubkey


layout = borsh.CStruct(
    "feed_id" / BorshPubkey, "source" / borsh.U8, "writer" / BorshPubkey
)


class OpenFeedAccounts(typing.TypedDict):
    admin: Pubkey
    config: Pubkey
    feed: Pubkey


def open_feed(
    args: OpenFeedArgs,
    accounts: OpenFeedAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["admin"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x05k\x03\x99\x0f\xd1\xa3\xeb"
    encoded_args = layout.build(
        {
            "feed_id": args["feed_id"],
            "source": args["source"],
            "writer": args["writer"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
