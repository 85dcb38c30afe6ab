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


class HandlerConfigJSON(typing.TypedDict):
    admin: str
    pending_admin: str
    guardian: str
    risk_authority: str
    pool_program: str
    pool_authority: str
    pool_fp: str
    dev: bool
    bump: int


@dataclass
class HandlerConfig:
    discriminator: typing.ClassVar = b":\xdeY)$6!\xf7"
    layout: typing.ClassVar = borsh.CStruct(
        "admin" / BorshPubkey,
        "pending_admin" / BorshPubkey,
        "guardian" / BorshPubkey,
        "risk_authority" / BorshPubkey,
        "pool_program" / BorshPubkey,
        "pool_authority" / BorshPubkey,
        "pool_fp" / BorshPubkey,
        "dev" / borsh.Bool,
        "bump" / borsh.U8,
    )
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    risk_authority: Pubkey
    pool_program: Pubkey
    pool_authority: Pubkey
    pool_fp: Pubkey
    dev: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["HandlerConfig"]:
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
    ) -> typing.List[typing.Optional["HandlerConfig"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["HandlerConfig"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "HandlerConfig":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = HandlerConfig.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            admin=dec.admin,
            pending_admin=dec.pending_admin,
            guardian=dec.guardian,
            risk_authority=dec.risk_authority,
            pool_program=dec.pool_program,
            pool_authority=dec.pool_authority,
            pool_fp=dec.pool_fp,
            dev=dec.dev,
            bump=dec.bump,
        )

    def to_json(self) -> HandlerConfigJSON:
        return {
            "admin": str(self.admin),
            "pending_admin": str(self.pending_admin),
            "guardian": str(self.guardian),
            "risk_authority": str(self.risk_authority),
            "pool_program": str(self.pool_program),
            "pool_authority": str(self.pool_authority),
            "pool_fp": str(self.pool_fp),
            "dev": self.dev,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: HandlerConfigJSON) -> "HandlerConfig":
        return cls(
            admin=Pubkey.from_string(obj["admin"]),
            pending_admin=Pubkey.from_string(obj["pending_admin"]),
            guardian=Pubkey.from_string(obj["guardian"]),
            risk_authority=Pubkey.from_string(obj["risk_authority"]),
            pool_program=Pubkey.from_string(obj["pool_program"]),
            pool_authority=Pubkey.from_string(obj["pool_authority"]),
            pool_fp=Pubkey.from_string(obj["pool_fp"]),
            dev=obj["dev"],
            bump=obj["bump"],
        )
