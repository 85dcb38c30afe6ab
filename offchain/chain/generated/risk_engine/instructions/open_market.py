from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT, CLOCK
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class OpenMarketArgs(typing.TypedDict):
    market_id: Pubkey


layout = borsh.CStruct("market_id" / BorshPubkey)


class OpenMarketAccounts(typing.TypedDict):
    payer: Pubkey
    config: Pubkey
    market_config: Pubkey


def open_market(
    args: OpenMarketArgs,
    accounts: OpenMarketAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["payer"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"t\x13{K\xd9\xf4E,"
    encoded_args = layout.build(
        {
            "market_id": args["market_id"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
