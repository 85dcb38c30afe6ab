from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.sysvar import CLOCK
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class AnnounceChangeArgs(typing.TypedDict):
    lock: int
    notice: int
    max_leverage: int


layout = borsh.CStruct(
    "lock" / borsh.U64, "notice" / borsh.U64, "max_leverage" / borsh.U64
)


class AnnounceChangeAccounts(typing.TypedDict):
    admin: Pubkey
    config: Pubkey
    market_config: Pubkey


def announce_change(
    args: AnnounceChangeArgs,
    accounts: AnnounceChangeAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["admin"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["market_config"], is_signer=False, is_writable=True
        ),
        AccountMeta(pubkey=CLOCK, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xe8\x87l\xf2\x02m!\\"
    encoded_args = layout.build(
        {
            "lock": args["lock"],
            "notice": args["notice"],
            "max_leverage": args["max_leverage"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
