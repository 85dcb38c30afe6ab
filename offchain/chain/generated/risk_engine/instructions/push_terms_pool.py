from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class PushTermsPoolAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    market_config: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey
    market_vault: Pubkey
    creator: Pubkey
    engine_program: Pubkey


def push_terms_pool(
    accounts: PushTermsPoolAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["pool_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["market_vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["creator"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["engine_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"LzZ\x8d\xc0;}o"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
