from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class CollectClaimFeeAccounts(typing.TypedDict):
    executor: Pubkey
    config: Pubkey
    registry: Pubkey
    claim: Pubkey
    pool_program: Pubkey
    pool_config: Pubkey
    pool: Pubkey
    pool_vault: Pubkey
    destination: Pubkey
    token: Pubkey


def collect_claim_fee(
    accounts: CollectClaimFeeAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["executor"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["claim"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool_vault"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["destination"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["token"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\x032\xad\xf2\x08\xa3\x04\xbb"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
