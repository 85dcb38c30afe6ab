from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class UpdateScoreAccounts(typing.TypedDict):
    keeper: Pubkey
    config: Pubkey
    engine: Pubkey
    market_config: Pubkey
    score: Pubkey
    window: Pubkey
    inputs: Pubkey
    feed: Pubkey
    premium_program: Pubkey
    premium_config: Pubkey
    premium: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey


def update_score(
    accounts: UpdateScoreAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["keeper"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["engine"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["score"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["window"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["inputs"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["feed"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["premium_program"], is_signer=False, is_writable=True
        ),
        AccountMeta(
            pubkey=accounts["premium_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=accounts["premium"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xbc\xe2\xee)\x0e\xf1i\xd7"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
