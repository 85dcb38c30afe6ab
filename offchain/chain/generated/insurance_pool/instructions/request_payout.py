from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class RequestPayoutArgs(typing.TypedDict):
    sequence: int
    claimable: int


layout = borsh.CStruct("sequence" / borsh.U64, "claimable" / borsh.U64)


class RequestPayoutAccounts(typing.TypedDict):
    handler: Pubkey
    config: Pubkey
    pool: Pubkey


def request_payout(
    args: RequestPayoutArgs,
    accounts: RequestPayoutAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["handler"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x05\xb0n\xc5\xac\xb1@\xc8"
    encoded_args = layout.build(
        {
            "sequence": args["sequence"],
            "claimable": args["claimable"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
