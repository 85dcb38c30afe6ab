from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class SettleFeesAccounts(typing.TypedDict):
    caller: Pubkey
    market: Pubkey
    fee_vault: Pubkey
    premium_program: Pubkey
    premium: Pubkey
    escrow: Pubkey
    token: Pubkey


def settle_fees(
    accounts: SettleFeesAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["fee_vault"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["premium_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["escrow"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["token"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"<\xdd\x82\xe5\xb7\xea\x06\x9f"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
