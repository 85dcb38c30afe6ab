from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class ExecuteWithdrawalArgs(typing.TypedDict):
    min_assets: int


layout = borsh.CStruct("min_assets" / borsh.U64)


class ExecuteWithdrawalAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    pool: Pubkey
    position: Pubkey
    vault: Pubkey
    destination: Pubkey


def execute_withdrawal(
    args: ExecuteWithdrawalArgs,
    accounts: ExecuteWithdrawalAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["position"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["destination"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"qy\xcb\xe8\x89\x8b\xf8\xf9"
    encoded_args = layout.build(
        {
            "min_assets": args["min_assets"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
