from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class PostPriceArgs(typing.TypedDict):
    feed_id: Pubkey


layout = borsh.CStruct("feed_id" / BorshPubkey)


class PostPriceAccounts(typing.TypedDict):
    caller: Pubkey
    pull_feed: Pubkey
    second: typing.Optional[Pubkey]
    rules: Pubkey
    writer: Pubkey
    config: Pubkey
    feed: Pubkey
    risk_engine: Pubkey


def post_price(
    args: PostPriceArgs,
    accounts: PostPriceAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=False),
        AccountMeta(pubkey=accounts["pull_feed"], is_signer=False, is_writable=False),
        AccountMeta(pubkey=accounts["second"], is_signer=False, is_writable=False)
        if accounts["second"]
        else AccountMeta(pubkey=program_id, is_signer=False, is_writable=False),
        AccountMeta(pubkey=accounts["rules"], is_signer=False, is_writable=False),
        AccountMeta(pubkey=accounts["writer"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["risk_engine"], is_signer=False, is_writable=False),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x82\xf5\x8a\x8dr2\r0"
    encoded_args = layout.build(
        {
            "feed_id": args["feed_id"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
