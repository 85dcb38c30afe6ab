from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class RegisterArgs(typing.TypedDict):
    index: int
    bump: int
    max_leverage: int
    threshold: int
    lock: int
    notice: int
    fee_bps: int


layout = borsh.CStruct(
    "index" / borsh.U64,
    "bump" / borsh.U8,
    "max_leverage" / borsh.U64,
    "threshold" / borsh.U64,
    "lock" / borsh.U64,
    "notice" / borsh.U64,
    "fee_bps" / borsh.U64,
)


class RegisterAccounts(typing.TypedDict):
    creator: Pubkey
    market: Pubkey
    risk_program: Pubkey
    risk_config: Pubkey
    engine: Pubkey
    market_config: Pubkey
    feed: Pubkey
    vault: Pubkey


def register(
    args: RegisterArgs,
    accounts: RegisterAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["creator"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["risk_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["risk_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["engine"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["vault"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xd3|C\x0f\xd3\xc2\xb2\xf0"
    encoded_args = layout.build(
        {
            "index": args["index"],
            "bump": args["bump"],
            "max_leverage": args["max_leverage"],
            "threshold": args["threshold"],
            "lock": args["lock"],
            "notice": args["notice"],
            "fee_bps": args["fee_bps"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
