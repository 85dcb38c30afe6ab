from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ClosePositionArgs(typing.TypedDict):
    limit_price: int


layout = borsh.CStruct("limit_price" / borsh.U64)


class ClosePositionAccounts(typing.TypedDict):
    owner: Pubkey
    market: Pubkey
    trader: Pubkey
    position: Pubkey
    vault: Pubkey
    fee_vault: Pubkey
    destination: Pubkey


def close_position(
    args: ClosePositionArgs,
    accounts: ClosePositionAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["owner"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["trader"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["position"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["fee_vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["destination"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"{\x86Q\x001Dbb"
    encoded_args = layout.build(
        {
            "limit_price": args["limit_price"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
