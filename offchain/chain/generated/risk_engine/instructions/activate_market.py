from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ActivateMarketArgs(typing.TypedDict):
    index: int
    max_leverage: int
    insolvency_threshold: int
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int


layout = borsh.CStruct(
    "index" / borsh.U64,
    "max_leverage" / borsh.U64,
    "insolvency_threshold" / borsh.U64,
    "lock_epochs" / borsh.U64,
    "notice_epochs" / borsh.U64,
    "performance_fee_bps" / borsh.U64,
)


class ActivateMarketAccounts(typing.TypedDict):
    market: Pubkey
    creator: Pubkey
    config: Pubkey
    engine: Pubkey
    market_config: Pubkey
    feed: Pubkey
    market_vault: Pubkey


def activate_market(
    args: ActivateMarketArgs,
    accounts: ActivateMarketAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["market"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["creator"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["engine"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["market_vault"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\n\x1a\xc5tqcHY"
    encoded_args = layout.build(
        {
            "index": args["index"],
            "max_leverage": args["max_leverage"],
            "insolvency_threshold": args["insolvency_threshold"],
            "lock_epochs": args["lock_epochs"],
            "notice_epochs": args["notice_epochs"],
            "performance_fee_bps": args["performance_fee_bps"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
