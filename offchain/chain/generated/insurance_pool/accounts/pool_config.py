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


class PoolConfigJSON(typing.TypedDict):
    admin: str
    pending_admin: str
    guardian: str
    mint: str
    treasury: str
    risk_program: str
    risk_authority: str
    risk_fp: str
    premium_program: str
    premium_authority: str
    premium_fp: str
    handler_authority: str
    handler_fp: str
    paused_until: int
    pause_allowed_at: int
    dev: bool
    bump: int


@dataclass
class PoolConfig:
    discriminator: typing.ClassVar = b"\x1al\x0e{t\xe6\x81+"
    layout: typing.ClassVar = borsh.CStruct(
        "admin" / BorshPubkey,
        "pending_admin" / BorshPubkey,
        "guardian" / BorshPubkey,
        "mint" / BorshPubkey,
        "treasury" / BorshPubkey,
        "risk_program" / BorshPubkey,
        "risk_authority" / BorshPubkey,
        "risk_fp" / BorshPubkey,
        "premium_program" / BorshPubkey,
        "premium_authority" / BorshPubkey,
        "premium_fp" / BorshPubkey,
        "handler_authority" / BorshPubkey,
        "handler_fp" / BorshPubkey,
        "paused_until" / borsh.I64,
        "pause_allowed_at" / borsh.I64,
        "dev" / borsh.Bool,
        "bump" / borsh.U8,
    )
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    mint: Pubkey
    treasury: Pubkey
    risk_program: Pubkey
    risk_authority: Pubkey
    risk_fp: Pubkey
    premium_program: Pubkey
    premium_authority: Pubkey
    premium_fp: Pubkey
    handler_authority: Pubkey
    handler_fp: Pubkey
    paused_until: int
    pause_allowed_at: int
    dev: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["PoolConfig"]:
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
    ) -> typing.List[typing.Optional["PoolConfig"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["PoolConfig"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "PoolConfig":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = PoolConfig.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            admin=dec.admin,
            pending_admin=dec.pending_admin,
            guardian=dec.guardian,
            mint=dec.mint,
            treasury=dec.treasury,
            risk_program=dec.risk_program,
            risk_authority=dec.risk_authority,
            risk_fp=dec.risk_fp,
            premium_program=dec.premium_program,
            premium_authority=dec.premium_authority,
            premium_fp=dec.premium_fp,
            handler_authority=dec.handler_authority,
            handler_fp=dec.handler_fp,
            paused_until=dec.paused_until,
            pause_allowed_at=dec.pause_allowed_at,
            dev=dec.dev,
            bump=dec.bump,
        )

    def to_json(self) -> PoolConfigJSON:
        return {
            "admin": str(self.admin),
            "pending_admin": str(self.pending_admin),
            "guardian": str(self.guardian),
            "mint": str(self.mint),
            "treasury": str(self.treasury),
            "risk_program": str(self.risk_program),
            "risk_authority": str(self.risk_authority),
            "risk_fp": str(self.risk_fp),
            "premium_program": str(self.premium_program),
            "premium_authority": str(self.premium_authority),
            "premium_fp": str(self.premium_fp),
            "handler_authority": str(self.handler_authority),
            "handler_fp": str(self.handler_fp),
            "paused_until": self.paused_until,
            "pause_allowed_at": self.pause_allowed_at,
            "dev": self.dev,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: PoolConfigJSON) -> "PoolConfig":
        return cls(
            admin=Pubkey.from_string(obj["admin"]),
            pending_admin=Pubkey.from_string(obj["pending_admin"]),
            guardian=Pubkey.from_string(obj["guardian"]),
            mint=Pubkey.from_string(obj["mint"]),
            treasury=Pubkey.from_string(obj["treasury"]),
            risk_program=Pubkey.from_string(obj["risk_program"]),
            risk_authority=Pubkey.from_string(obj["risk_authority"]),
            risk_fp=Pubkey.from_string(obj["risk_fp"]),
            premium_program=Pubkey.from_string(obj["premium_program"]),
            premium_authority=Pubkey.from_string(obj["premium_authority"]),
            premium_fp=Pubkey.from_string(obj["premium_fp"]),
            handler_authority=Pubkey.from_string(obj["handler_authority"]),
            handler_fp=Pubkey.from_string(obj["handler_fp"]),
            paused_until=obj["paused_until"],
            pause_allowed_at=obj["pause_allowed_at"],
            dev=obj["dev"],
            bump=obj["bump"],
        )
