from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class RoutePremiumsAccounts(typing.TypedDict):
    keeper: Pubkey
    config: Pubkey
    premium: Pubkey
    escrow: Pubkey
    keeper_token: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey
    pool_vault: Pubkey
    token: Pubkey


def route_premiums(
    accounts: RoutePremiumsAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["keeper"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["escrow"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["keeper_token"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["token"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x1c<\xee\xd8\xf7\x8b\x1cp"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
