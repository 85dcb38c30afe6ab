from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class CreditPremiumArgs(typing.TypedDict):
    amount: int
    epoch: int
    arrears: int
    acknowledged: int


layout = borsh.CStruct(
    "amount" / borsh.U64,
    "epoch" / borsh.U64,
    "arrears" / borsh.U64,
    "acknowledged" / borsh.U64,
)


class CreditPremiumAccounts(typing.TypedDict):
    premium: Pubkey
    config: Pubkey
    pool: Pubkey
    vault: Pubkey
    escrow: Pubkey


def credit_premium(
    args: CreditPremiumArgs,
    accounts: CreditPremiumAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["premium"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["escrow"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x01\xc1T\xa51\xa6\xcf\xd1"
    encoded_args = layout.build(
        {
            "amount": args["amount"],
            "epoch": args["epoch"],
            "arrears": args["arrears"],
            "acknowledged": args["acknowledged"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
