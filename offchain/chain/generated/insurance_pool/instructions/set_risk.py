from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class SetRiskArgs(typing.TypedDict):
    epoch: int
    required_reserve: int
    open_interest_now: int
    reasons: int


layout = borsh.CStruct(
    "epoch" / borsh.U64,
    "required_reserve" / borsh.U64,
    "open_interest_now" / borsh.U64,
    "reasons" / borsh.U8,
)


class SetRiskAccounts(typing.TypedDict):
    risk: Pubkey
    config: Pubkey
    pool: Pubkey


def set_risk(
    args: SetRiskArgs,
    accounts: SetRiskAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["risk"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pool"], is_signer=False, is_writable=True),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xcb\x99\xdd\x1e\xc2\xab\x18\x9e"
    encoded_args = layout.build(
        {
            "epoch": args["epoch"],
            "required_reserve": args["required_reserve"],
            "open_interest_now": args["open_interest_now"],
            "reasons": args["reasons"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
