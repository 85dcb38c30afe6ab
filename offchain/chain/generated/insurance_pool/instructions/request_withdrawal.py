from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class RequestWithdrawalArgs(typing.TypedDict):
    shares: int


layout = borsh.CStruct("shares" / borsh.U64)


class RequestWithdrawalAccounts(typing.TypedDict):
    provider: Pubkey
    pool: Pubkey
    position: Pubkey


def request_withdrawal(
    args: RequestWithdrawalArgs,
    accounts: RequestWithdrawalAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["provider"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["position"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xfbUy\xcd8\xc9\x0c\xb1"
    encoded_args = layout.build(
        {
            "shares": args["shares"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
