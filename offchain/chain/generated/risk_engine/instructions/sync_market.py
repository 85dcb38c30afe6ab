from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class SyncMarketAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    engine: Pubkey
    market_config: Pubkey
    score: Pubkey
    inputs: Pubkey
    feed: Pubkey
    market_program: Pubkey
    market: Pubkey


def sync_market(
    accounts: SyncMarketAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["engine"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["score"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["inputs"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["market"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xc4:\xbe \x86\x96VP"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
