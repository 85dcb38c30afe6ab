from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ApplySyncArgs(typing.TypedDict):
    price: int
    publish_time: int
    lag_price: int
    provisional: bool
    grade: int
    reasons: int
    leverage_cap: int
    oi_cap: int
    epoch: int
    now: int
    genesis: int
    epoch_seconds: int


layout = borsh.CStruct(
    "price" / borsh.U64,
    "publish_time" / borsh.I64,
    "lag_price" / borsh.U64,
    "provisional" / borsh.Bool,
    "grade" / borsh.U8,
    "reasons" / borsh.U8,
    "leverage_cap" / borsh.U64,
    "oi_cap" / borsh.U64,
    "epoch" / borsh.U64,
    "now" / borsh.I64,
    "genesis" / borsh.I64,
    "epoch_seconds" / borsh.U64,
)


class ApplySyncAccounts(typing.TypedDict):
    risk: Pubkey
    market: Pubkey


def apply_sync(
    args: ApplySyncArgs,
    accounts: ApplySyncAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["risk"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"S?\xf7 V\\-7"
    encoded_args = layout.build(
        {
            "price": args["price"],
            "publish_time": args["publish_time"],
            "lag_price": args["lag_price"],
            "provisional": args["provisional"],
            "grade": args["grade"],
            "reasons": args["reasons"],
            "leverage_cap": args["leverage_cap"],
            "oi_cap": args["oi_cap"],
            "epoch": args["epoch"],
            "now": args["now"],
            "genesis": args["genesis"],
            "epoch_seconds": args["epoch_seconds"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
