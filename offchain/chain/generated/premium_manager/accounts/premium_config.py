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


class PremiumConfigJSON(typing.TypedDict):
    admin: str
    pending_admin: str
    guardian: str
    mint: str
    risk_program: str
    risk_authority: str
    risk_fp: str
    pool_program: str
    pool_authority: str
    pool_fp: str
    dev: bool
    bump: int


@dataclass
class PremiumConfig:
    discriminator: typing.ClassVar = b"\xd9\x0bEh!\x9b\xd5\xcb"
    layout: typing.ClassVar = borsh.CStruct(
        "admin" / BorshPubkey,
        "pending_admin" / BorshPubkey,
        "guardian" / BorshPubkey,
        "mint" / BorshPubkey,
        "risk_program" / BorshPubkey,
        "risk_authority" / BorshPubkey,
        "risk_fp" / BorshPubkey,
        "pool_program" / BorshPubkey,
        "pool_authority" / BorshPubkey,
        "pool_fp" / BorshPubkey,
        "dev" / borsh.Bool,
        "bump" / borsh.U8,
    )
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    mint: Pubkey
    risk_program: Pubkey
    risk_authority: Pubkey
    risk_fp: Pubkey
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
    ) -> typing.Optional["PremiumConfig"]:
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
    ) -> typing.List[typing.Optional["PremiumConfig"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["PremiumConfig"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "PremiumConfig":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = PremiumConfig.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            admin=dec.admin,
            pending_admin=dec.pending_admin,
            guardian=dec.guardian,
            mint=dec.mint,
            risk_program=dec.risk_program,
            risk_authority=dec.risk_authority,
            risk_fp=dec.risk_fp,
            pool_program=dec.pool_program,
            pool_authority=dec.pool_authority,
            pool_fp=dec.pool_fp,
            dev=dec.dev,
            bump=dec.bump,
        )

    def to_json(self) -> PremiumConfigJSON:
        return {
            "admin": str(self.admin),
            "pending_admin": str(self.pending_admin),
            "guardian": str(self.guardian),
            "mint": str(self.mint),
            "risk_program": str(self.risk_program),
            "risk_authority": str(self.risk_authority),
            "risk_fp": str(self.risk_fp),
            "pool_program": str(self.pool_program),
            "pool_authority": str(self.pool_authority),
            "pool_fp": str(self.pool_fp),
            "dev": self.dev,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: PremiumConfigJSON) -> "PremiumConfig":
        return cls(
            admin=Pubkey.from_string(obj["admin"]),
            pending_admin=Pubkey.from_string(obj["pending_admin"]),
            guardian=Pubkey.from_string(obj["guardian"]),
            mint=Pubkey.from_string(obj["mint"]),
            risk_program=Pubkey.from_string(obj["risk_program"]),
            risk_authority=Pubkey.from_string(obj["risk_authority"]),
            risk_fp=Pubkey.from_string(obj["risk_fp"]),
            pool_program=Pubkey.from_string(obj["pool_program"]),
            pool_authority=Pubkey.from_string(obj["pool_authority"]),
            pool_fp=Pubkey.from_string(obj["pool_fp"]),
            dev=obj["dev"],
            bump=obj["bump"],
        )
