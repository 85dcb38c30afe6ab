from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.system_program import ID as SYS_PROGRAM_ID
from solders.instruction import Instruction, AccountMeta
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class SetRulesArgs(typing.TypedDict):
    feed_id: Pubkey
    min_samples: int
    second: typing.Optional[Pubkey]


layout = borsh.CStruct(
    "feed_id" / BorshPubkey,
    "min_samples" / borsh.U8,
    "second" / borsh.Option(BorshPubkey),
)


class SetRulesAccounts(typing.TypedDict):
    admin: Pubkey
    config: Pubkey
    rules: Pubkey
    pull_feed: Pubkey


def set_rules(
    args: SetRulesArgs,
    accounts: SetRulesAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["admin"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=False),
        AccountMeta(pubkey=accounts["rules"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["pull_feed"], is_signer=False, is_writable=False),
        AccountMeta(pubkey=SYS_PROGRAM_ID, is_signer=False, is_writable=False),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"B\x94\xc4+\xe8\xd2\xae\xa9"
    encoded_args = layout.build(
        {
            "feed_id": args["feed_id"],
            "min_samples": args["min_samples"],
            "second": args["second"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
