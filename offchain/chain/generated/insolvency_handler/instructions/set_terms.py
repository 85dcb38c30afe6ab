from __future__ import annotations
import typing
from solders.pubkey import Pubkey
from solders.instruction import Instruction, AccountMeta
import borsh_construct as borsh
from ..program_id import PROGRAM_ID


class SetTermsArgs(typing.TypedDict):
    threshold: int
    genesis: int
    epoch_seconds: int


layout = borsh.CStruct(
    "threshold" / borsh.U64, "genesis" / borsh.I64, "epoch_seconds" / borsh.U64
)


class SetTermsAccounts(typing.TypedDict):
    risk: Pubkey
    config: Pubkey
    registry: Pubkey
    engine_program: Pubkey


def set_terms(
    args: SetTermsArgs,
    accounts: SetTermsAccounts,
    program_id: Pubkey = PROGRAM_ID,
    remaining_accounts: typing.Optional[typing.List[AccountMeta]] = None,
) -> Instruction:
    keys: list[AccountMeta] = [
        AccountMeta(pubkey=accounts["risk"], is_signer=True, is_writable=True),
        AccountMeta(pubkey=accounts["config"], is_signer=False, is_writable=True),
        AccountMeta(pubkey=accounts["registry"], is_signer=False, is_writable=True),
        AccountMeta(
            pubkey=accounts["engine_program"], is_signer=False, is_writable=True
        ),
    ]
    if remaining_accounts is not None:
        keys += remaining_accounts
    identifier = b"\xc6\x12\xc5\xe2\xdc\xe6W\xad"
    encoded_args = layout.build(
        {
            "threshold": args["threshold"],
            "genesis": args["genesis"],
            "epoch_seconds": args["epoch_seconds"],
        }
    )
    data = identifier + encoded_args
    return Instruction(program_id, data, keys)
