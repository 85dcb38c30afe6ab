from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class TopUpArgs(typing.TypedDict):
    amount: int
    min_shares: int


layout = borsh.CStruct("amount" / borsh.U64, "min_shares" / borsh.U64)


class TopUpAccounts(typing.TypedDict):
    provider: Pubkey
    config: Pubkey
    pool: Pubkey
    vault: Pubkey
    source: Pubkey
    position: Pubkey


def top_up(
    args: TopUpArgs,
    accounts: TopUpAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["provider"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["source"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["position"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xec\xe1`\t<jM\xd0"
    encoded_args = layout.build(
        {
            "amount": args["amount"],
            "min_shares": args["min_shares"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
