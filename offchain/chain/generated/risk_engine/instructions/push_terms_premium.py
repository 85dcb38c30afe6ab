from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class PushTermsPremiumAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    market_config: Pubkey
    premium_program: Pubkey
    premium_config: Pubkey
    premium: Pubkey


def push_terms_premium(
    accounts: PushTermsPremiumAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["premium_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["premium_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xda\xed\xd4\x94M\n\x91C"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
