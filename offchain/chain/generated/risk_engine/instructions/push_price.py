from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class PushPriceArgs(typing.TypedDict):
    price: int
    conf: int
    publish_time: int


layout = borsh.CStruct(
    "price" / borsh.U64, "conf" / borsh.U64, "publish_time" / borsh.I64
)


class PushPriceAccounts(typing.TypedDict):
    writer: Pubkey
    config: Pubkey
    feed: Pubkey


def push_price(
    args: PushPriceArgs,
    accounts: PushPriceAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["writer"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"q\xee\xe8\xeb<G\x7f\xcb"
    encoded_args = layout.build(
        {
            "price": args["price"],
            "conf": args["conf"],
            "publish_time": args["publish_time"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
