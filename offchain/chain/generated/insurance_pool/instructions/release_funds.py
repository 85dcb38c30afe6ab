from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from spl.token.constants import TOKEN_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class ReleaseFundsAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    pool: Pubkey
    vault: Pubkey
    market_vault: Pubkey
    handler_program: Pubkey
    handler_config: Pubkey
    registry: Pubkey
    claim: Pubkey
    market_program: Pubkey
    market: Pubkey


def release_funds(
    accounts: ReleaseFundsAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["market_vault"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["handler_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["handler_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["claim"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=TOKEN_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xe1X[l~4\x02\x1a"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
