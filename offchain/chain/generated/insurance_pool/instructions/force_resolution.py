from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class ForceResolutionAccounts(typing.TypedDict):
    keeper: Pubkey
    pool: Pubkey
    resolver: Pubkey
    market_program: Pubkey
    market: Pubkey
    position: Pubkey
    trader: Pubkey
    market_vault: Pubkey
    keeper_token: Pubkey
    token: Pubkey


def force_resolution(
    accounts: ForceResolutionAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["keeper"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["resolver"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["position"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["trader"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["market_vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["keeper_token"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["token"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x17r\xdaU\xf4~!#"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
