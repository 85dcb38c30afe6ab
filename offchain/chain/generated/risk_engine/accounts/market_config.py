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


class MarketConfigJSON(typing.TypedDict):
    market_id: str
    oracle_feed: str
    max_leverage: int
    insolvency_threshold: int
    min_reserve_ratio: int
    active: bool
    engine: str
    engine_fp: str
    creator: str
    market_vault: str
    premium: str
    pool: str
    index: int
    grade: int
    status: int
    terms_pushed: int
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int
    genesis: int
    epoch_seconds: int
    next_lock: int
    next_notice: int
    next_max_leverage: int
    next_epoch: int
    change_pending: bool
    bump: int


@dataclass
class MarketConfig:
    discriminator: typing.ClassVar = b"w\xff\xc8X\xfcR\x80\x18"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "oracle_feed" / BorshPubkey,
        "max_leverage" / borsh.U64,
        "insolvency_threshold" / borsh.U64,
        "min_reserve_ratio" / borsh.U64,
        "active" / borsh.Bool,
        "engine" / BorshPubkey,
        "engine_fp" / BorshPubkey,
        "creator" / BorshPubkey,
        "market_vault" / BorshPubkey,
        "premium" / BorshPubkey,
        "pool" / BorshPubkey,
        "index" / borsh.U64,
        "grade" / borsh.U8,
        "status" / borsh.U8,
        "terms_pushed" / borsh.U8,
        "lock_epochs" / borsh.U64,
        "notice_epochs" / borsh.U64,
        "performance_fee_bps" / borsh.U64,
        "genesis" / borsh.I64,
        "epoch_seconds" / borsh.U64,
        "next_lock" / borsh.U64,
        "next_notice" / borsh.U64,
        "next_max_leverage" / borsh.U64,
        "next_epoch" / borsh.U64,
        "change_pending" / borsh.Bool,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    oracle_feed: Pubkey
    max_leverage: int
    insolvency_threshold: int
    min_reserve_ratio: int
    active: bool
    engine: Pubkey
    engine_fp: Pubkey
    creator: Pubkey
    market_vault: Pubkey
    premium: Pubkey
    pool: Pubkey
    index: int
    grade: int
    status: int
    terms_pushed: int
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int
    genesis: int
    epoch_seconds: int
    next_lock: int
    next_notice: int
    next_max_leverage: int
    next_epoch: int
    change_pending: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["MarketConfig"]:
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
    ) -> typing.List[typing.Optional["MarketConfig"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["MarketConfig"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "MarketConfig":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = MarketConfig.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            oracle_feed=dec.oracle_feed,
            max_leverage=dec.max_leverage,
            insolvency_threshold=dec.insolvency_threshold,
            min_reserve_ratio=dec.min_reserve_ratio,
            active=dec.active,
            engine=dec.engine,
            engine_fp=dec.engine_fp,
            creator=dec.creator,
            market_vault=dec.market_vault,
            premium=dec.premium,
            pool=dec.pool,
            index=dec.index,
            grade=dec.grade,
            status=dec.status,
            terms_pushed=dec.terms_pushed,
            lock_epochs=dec.lock_epochs,
            notice_epochs=dec.notice_epochs,
            performance_fee_bps=dec.performance_fee_bps,
            genesis=dec.genesis,
            epoch_seconds=dec.epoch_seconds,
            next_lock=dec.next_lock,
            next_notice=dec.next_notice,
            next_max_leverage=dec.next_max_leverage,
            next_epoch=dec.next_epoch,
            change_pending=dec.change_pending,
            bump=dec.bump,
        )

    def to_json(self) -> MarketConfigJSON:
        return {
            "market_id": str(self.market_id),
            "oracle_feed": str(self.oracle_feed),
            "max_leverage": self.max_leverage,
            "insolvency_threshold": self.insolvency_threshold,
            "min_reserve_ratio": self.min_reserve_ratio,
            "active": self.active,
            "engine": str(self.engine),
            "engine_fp": str(self.engine_fp),
            "creator": str(self.creator),
            "market_vault": str(self.market_vault),
            "premium": str(self.premium),
            "pool": str(self.pool),
            "index": self.index,
            "grade": self.grade,
            "status": self.status,
            "terms_pushed": self.terms_pushed,
            "lock_epochs": self.lock_epochs,
            "notice_epochs": self.notice_epochs,
            "performance_fee_bps": self.performance_fee_bps,
            "genesis": self.genesis,
            "epoch_seconds": self.epoch_seconds,
            "next_lock": self.next_lock,
            "next_notice": self.next_notice,
            "next_max_leverage": self.next_max_leverage,
            "next_epoch": self.next_epoch,
            "change_pending": self.change_pending,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: MarketConfigJSON) -> "MarketConfig":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            oracle_feed=Pubkey.from_string(obj["oracle_feed"]),
            max_leverage=obj["max_leverage"],
            insolvency_threshold=obj["insolvency_threshold"],
            min_reserve_ratio=obj["min_reserve_ratio"],
            active=obj["active"],
            engine=Pubkey.from_string(obj["engine"]),
            engine_fp=Pubkey.from_string(obj["engine_fp"]),
            creator=Pubkey.from_string(obj["creator"]),
            market_vault=Pubkey.from_string(obj["market_vault"]),
            premium=Pubkey.from_string(obj["premium"]),
            pool=Pubkey.from_string(obj["pool"]),
            index=obj["index"],
            grade=obj["grade"],
            status=obj["status"],
            terms_pushed=obj["terms_pushed"],
            lock_epochs=obj["lock_epochs"],
            notice_epochs=obj["notice_epochs"],
            performance_fee_bps=obj["performance_fee_bps"],
            genesis=obj["genesis"],
            epoch_seconds=obj["epoch_seconds"],
            next_lock=obj["next_lock"],
            next_notice=obj["next_notice"],
            next_max_leverage=obj["next_max_leverage"],
            next_epoch=obj["next_epoch"],
            change_pending=obj["change_pending"],
            bump=obj["bump"],
        )
