from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT, CLOCK
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class OpenPositionArgs(typing.TypedDict):
    nonce: int
    is_long: bool
    size: int
    margin: int
    limit_price: int


layout = borsh.CStruct(
    "nonce" / borsh.U64,
    "is_long" / borsh.Bool,
    "size" / borsh.U64,
    "margin" / borsh.U64,
    "limit_price" / borsh.U64,
)


class OpenPositionAccounts(typing.TypedDict):
    owner: Pubkey
    market: Pubkey
    trader: Pubkey
    position: Pubkey
    vault: Pubkey
    fee_vault: Pubkey
    source: Pubkey


def open_position(
    args: OpenPositionArgs,
    accounts: OpenPositionAccounts,
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
        AccountMeta(pubkey=accounts["source"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x87\x80/M\x0f\x98\xf01"
    encoded_args = layout.build(
        {
            "nonce": args["nonce"],
            "is_long": args["is_long"],
            "size": args["size"],
            "margin": args["margin"],
            "limit_price": args["limit_price"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
