from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
from ..program_id import PROGRAM_ID


class ReportReserveAccounts(typing.TypedDict):
    caller: Pubkey
    config: Pubkey
    pool: Pubkey
    risk_program: Pubkey
    risk_config: Pubkey
    inputs: Pubkey


def report_reserve(
    accounts: ReportReserveAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["caller"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["risk_program"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["risk_config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["inputs"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xbde2\xf0E!\xbd\t"
    encoded_args = b""
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
