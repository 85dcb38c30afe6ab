from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class CompleteClaimArgs(typing.TypedDict):
    sequence: int
    payout: int
    first_loss: int
    premium: int
    capital: int
    offset: int
    fee: int
    executor_fee: int
    net: int
    epoch: int
    now: int


layout = borsh.CStruct(
    "sequence" / borsh.U64,
    "payout" / borsh.U64,
    "first_loss" / borsh.U64,
    "premium" / borsh.U64,
    "capital" / borsh.U64,
    "offset" / borsh.U64,
    "fee" / borsh.U64,
    "executor_fee" / borsh.U64,
    "net" / borsh.U64,
    "epoch" / borsh.U64,
    "now" / borsh.I64,
)


class CompleteClaimAccounts(typing.TypedDict):
    pool_authority: Pubkey
    config: Pubkey
    registry: Pubkey
    claim: Pubkey
    market_program: Pubkey
    market: Pubkey


def complete_claim(
    args: CompleteClaimArgs,
    accounts: CompleteClaimAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(
            pubkey=accounts["pool_authority"], is_signer=True, is_writable=True
        ),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["claim"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xf8\x1e\x90\xd2\x95c!\xbe"
    encoded_args = layout.build(
        {
            "sequence": args["sequence"],
            "payout": args["payout"],
            "first_loss": args["first_loss"],
            "premium": args["premium"],
            "capital": args["capital"],
            "offset": args["offset"],
            "fee": args["fee"],
            "executor_fee": args["executor_fee"],
            "net": args["net"],
            "epoch": args["epoch"],
            "now": args["now"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
