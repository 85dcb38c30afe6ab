from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.sysvar import RENT, CLOCK
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class OpenClaimArgs(typing.TypedDict):
    sequence: int


layout = borsh.CStruct("sequence" / borsh.U64)


class OpenClaimAccounts(typing.TypedDict):
    keeper: Pubkey
    registry: Pubkey
    claim: Pubkey


def open_claim(
    args: OpenClaimArgs,
    accounts: OpenClaimAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["keeper"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["claim"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
        AccountMeta(pubkey=RENT, is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xdee\xa1\xe2\\\xf7,\xfc"
    encoded_args = layout.build(
        {
            "sequence": args["sequence"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
