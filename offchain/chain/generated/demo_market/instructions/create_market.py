from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class CreateMarketArgs(typing.TypedDict):
    index: int
    depth: int
    trading_fee_bps: int
    maintenance_bps: int
    liquidation_fee_bps: int


layout = borsh.CStruct(
    "index" / borsh.U64,
    "depth" / borsh.U64,
    "trading_fee_bps" / borsh.U64,
    "maintenance_bps" / borsh.U64,
    "liquidation_fee_bps" / borsh.U64,
)


class CreateMarketAccounts(typing.TypedDict):
    creator: Pubkey
    config: Pubkey
    market: Pubkey


def create_market(
    args: CreateMarketArgs,
    accounts: CreateMarketAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["creator"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"g\xe2a\xeb\xc8\xbc\xfb\xfe"
    encoded_args = layout.build(
        {
            "index": args["index"],
            "depth": args["depth"],
            "trading_fee_bps": args["trading_fee_bps"],
            "maintenance_bps": args["maintenance_bps"],
            "liquidation_fee_bps": args["liquidation_fee_bps"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
