import typing
from dataclasses import dataclass
from solders.pubkey import Pubkey
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Commitment
import borsh_construct as borsh
from anchorpy.coder.accounts import ACCOUNT_DISCRIMINATOR_SIZE
from anchorpy.error import AccountInvalidDiscriminator
from anchorpy.utils.rpc import get_multiple_accounts
from anchorpy.borsh_extension import BorshPubkey
from ..program_id import PROGRAM_ID


class DemoConfigJSON(typing.TypedDict):
    admin: str
    mint: str
    risk_program: str
    risk_fp: str
    premium_fp: str
    handler_program: str
    handler_fp: str
    pool_program: str
    bump: int


@dataclass
class DemoConfig:
    discriminator: typing.ClassVar = b"?\x86\xa2\xd8\x96S\x08\x92"
    layout: typing.ClassVar = borsh.CStruct(
        "admin" / BorshPubkey,
        "mint" / BorshPubkey,
        "risk_program" / BorshPubkey,
        "risk_fp" / BorshPubkey,
        "premium_fp" / BorshPubkey,
        "handler_program" / BorshPubkey,
        "handler_fp" / BorshPubkey,
        "pool_program" / BorshPubkey,
        "bump" / borsh.U8,
    )
    admin: Pubkey
    mint: Pubkey
    risk_program: Pubkey
    risk_fp: Pubkey
    premium_fp: Pubkey
    handler_program: Pubkey
    handler_fp: Pubkey
    pool_program: Pubkey
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["DemoConfig"]:
        resp = await conn.get_account_info(address, commitment=commitment)
        info = resp.value
        if info is None:
            return None
        if info.owner != program_id:
            raise ValueError("Account does not belong to this program")
        bytes_data = info.data
        return cls.decode(bytes_data)

    @classmethod
    async def fetch_multiple(
        cls,
        conn: AsyncClient,
        addresses: list[Pubkey],
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.List[typing.Optional["DemoConfig"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["DemoConfig"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "DemoConfig":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = DemoConfig.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            admin=dec.admin,
            mint=dec.mint,
            risk_program=dec.risk_program,
            risk_fp=dec.risk_fp,
            premium_fp=dec.premium_fp,
            handler_program=dec.handler_program,
            handler_fp=dec.handler_fp,
            pool_program=dec.pool_program,
            bump=dec.bump,
        )

    def to_json(self) -> DemoConfigJSON:
        return {
            "admin": str(self.admin),
            "mint": str(self.mint),
            "risk_program": str(self.risk_program),
            "risk_fp": str(self.risk_fp),
            "premium_fp": str(self.premium_fp),
            "handler_program": str(self.handler_program),
            "handler_fp": str(self.handler_fp),
            "pool_program": str(self.pool_program),
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: DemoConfigJSON) -> "DemoConfig":
        return cls(
            admin=Pubkey.from_string(obj["admin"]),
            mint=Pubkey.from_string(obj["mint"]),
            risk_program=Pubkey.from_string(obj["risk_program"]),
            risk_fp=Pubkey.from_string(obj["risk_fp"]),
            premium_fp=Pubkey.from_string(obj["premium_fp"]),
            handler_program=Pubkey.from_string(obj["handler_program"]),
            handler_fp=Pubkey.from_string(obj["handler_fp"]),
            pool_program=Pubkey.from_string(obj["pool_program"]),
            bump=obj["bump"],
        )
