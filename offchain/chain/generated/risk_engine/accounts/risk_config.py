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


class RiskConfigJSON(typing.TypedDict):
    admin: str
    pending_admin: str
    guardian: str
    mint: str
    premium_program: str
    premium_fp: str
    premium_authority: str
    pool_program: str
    pool_fp: str
    pool_authority: str
    handler_program: str
    handler_fp: str
    handler_authority: str
    scoring_fp: str
    genesis: int
    epoch_seconds: int
    paused_until: int
    pause_allowed_at: int
    dev: bool
    bump: int


@dataclass
class RiskConfig:
    discriminator: typing.ClassVar = b"\xc9w\xf5\xf4(\x1b\x00\x1f"
    layout: typing.ClassVar = borsh.CStruct(
        "admin" / BorshPubkey,
        "pending_admin" / BorshPubkey,
        "guardian" / BorshPubkey,
        "mint" / BorshPubkey,
        "premium_program" / BorshPubkey,
        "premium_fp" / BorshPubkey,
        "premium_authority" / BorshPubkey,
        "pool_program" / BorshPubkey,
        "pool_fp" / BorshPubkey,
        "pool_authority" / BorshPubkey,
        "handler_program" / BorshPubkey,
        "handler_fp" / BorshPubkey,
        "handler_authority" / BorshPubkey,
        "scoring_fp" / BorshPubkey,
        "genesis" / borsh.I64,
        "epoch_seconds" / borsh.U64,
        "paused_until" / borsh.I64,
        "pause_allowed_at" / borsh.I64,
        "dev" / borsh.Bool,
        "bump" / borsh.U8,
    )
    admin: Pubkey
    pending_admin: Pubkey
    guardian: Pubkey
    mint: Pubkey
    premium_program: Pubkey
    premium_fp: Pubkey
    premium_authority: Pubkey
    pool_program: Pubkey
    pool_fp: Pubkey
    pool_authority: Pubkey
    handler_program: Pubkey
    handler_fp: Pubkey
    handler_authority: Pubkey
    scoring_fp: Pubkey
    genesis: int
    epoch_seconds: int
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
    ) -> typing.Optional["RiskConfig"]:
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
    ) -> typing.List[typing.Optional["RiskConfig"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["RiskConfig"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "RiskConfig":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = RiskConfig.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            admin=dec.admin,
            pending_admin=dec.pending_admin,
            guardian=dec.guardian,
            mint=dec.mint,
            premium_program=dec.premium_program,
            premium_fp=dec.premium_fp,
            premium_authority=dec.premium_authority,
            pool_program=dec.pool_program,
            pool_fp=dec.pool_fp,
            pool_authority=dec.pool_authority,
            handler_program=dec.handler_program,
            handler_fp=dec.handler_fp,
            handler_authority=dec.handler_authority,
            scoring_fp=dec.scoring_fp,
            genesis=dec.genesis,
            epoch_seconds=dec.epoch_seconds,
            paused_until=dec.paused_until,
            pause_allowed_at=dec.pause_allowed_at,
            dev=dec.dev,
            bump=dec.bump,
        )

    def to_json(self) -> RiskConfigJSON:
        return {
            "admin": str(self.admin),
            "pending_admin": str(self.pending_admin),
            "guardian": str(self.guardian),
            "mint": str(self.mint),
            "premium_program": str(self.premium_program),
            "premium_fp": str(self.premium_fp),
            "premium_authority": str(self.premium_authority),
            "pool_program": str(self.pool_program),
            "pool_fp": str(self.pool_fp),
            "pool_authority": str(self.pool_authority),
            "handler_program": str(self.handler_program),
            "handler_fp": str(self.handler_fp),
            "handler_authority": str(self.handler_authority),
            "scoring_fp": str(self.scoring_fp),
            "genesis": self.genesis,
            "epoch_seconds": self.epoch_seconds,
            "paused_until": self.paused_until,
            "pause_allowed_at": self.pause_allowed_at,
            "dev": self.dev,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: RiskConfigJSON) -> "RiskConfig":
        return cls(
            admin=Pubkey.from_string(obj["admin"]),
            pending_admin=Pubkey.from_string(obj["pending_admin"]),
            guardian=Pubkey.from_string(obj["guardian"]),
            mint=Pubkey.from_string(obj["mint"]),
            premium_program=Pubkey.from_string(obj["premium_program"]),
            premium_fp=Pubkey.from_string(obj["premium_fp"]),
            premium_authority=Pubkey.from_string(obj["premium_authority"]),
            pool_program=Pubkey.from_string(obj["pool_program"]),
            pool_fp=Pubkey.from_string(obj["pool_fp"]),
            pool_authority=Pubkey.from_string(obj["pool_authority"]),
            handler_program=Pubkey.from_string(obj["handler_program"]),
            handler_fp=Pubkey.from_string(obj["handler_fp"]),
            handler_authority=Pubkey.from_string(obj["handler_authority"]),
            scoring_fp=Pubkey.from_string(obj["scoring_fp"]),
            genesis=obj["genesis"],
            epoch_seconds=obj["epoch_seconds"],
            paused_until=obj["paused_until"],
            pause_allowed_at=obj["pause_allowed_at"],
            dev=obj["dev"],
            bump=obj["bump"],
        )
