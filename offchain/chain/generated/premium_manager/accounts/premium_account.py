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


class PremiumAccountJSON(typing.TypedDict):
    market_id: str
    escrow: str
    active: bool
    genesis: int
    epoch_seconds: int
    rate_bps: int
    has_rate: bool
    score: int
    utilization_bps: int
    open_interest: int
    reserve_bps: int
    score_epoch: int
    grade: int
    escrow_ledger: int
    balance: int
    floor_epoch: int
    negative: bool
    negative_since: int
    route_epoch: int
    has_routed: bool
    total_collected: int
    total_routed: int
    total_bounty: int
    acknowledged_offset: int
    bump: int


@dataclass
class PremiumAccount:
    discriminator: typing.ClassVar = b"{f5\xcc\xf4d\x02\x84"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "escrow" / BorshPubkey,
        "active" / borsh.Bool,
        "genesis" / borsh.I64,
        "epoch_seconds" / borsh.U64,
        "rate_bps" / borsh.U64,
        "has_rate" / borsh.Bool,
        "score" / borsh.U64,
        "utilization_bps" / borsh.U64,
        "open_interest" / borsh.U64,
        "reserve_bps" / borsh.U64,
        "score_epoch" / borsh.U64,
        "grade" / borsh.U8,
        "escrow_ledger" / borsh.U64,
        "balance" / borsh.I64,
        "floor_epoch" / borsh.U64,
        "negative" / borsh.Bool,
        "negative_since" / borsh.U64,
        "route_epoch" / borsh.U64,
        "has_routed" / borsh.Bool,
        "total_collected" / borsh.U64,
        "total_routed" / borsh.U64,
        "total_bounty" / borsh.U64,
        "acknowledged_offset" / borsh.U64,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    escrow: Pubkey
    active: bool
    genesis: int
    epoch_seconds: int
    rate_bps: int
    has_rate: bool
    score: int
    utilization_bps: int
    open_interest: int
    reserve_bps: int
    score_epoch: int
    grade: int
    escrow_ledger: int
    balance: int
    floor_epoch: int
    negative: bool
    negative_since: int
    route_epoch: int
    has_routed: bool
    total_collected: int
    total_routed: int
    total_bounty: int
    acknowledged_offset: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["PremiumAccount"]:
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
    ) -> typing.List[typing.Optional["PremiumAccount"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["PremiumAccount"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "PremiumAccount":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = PremiumAccount.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            escrow=dec.escrow,
            active=dec.active,
            genesis=dec.genesis,
            epoch_seconds=dec.epoch_seconds,
            rate_bps=dec.rate_bps,
            has_rate=dec.has_rate,
            score=dec.score,
            utilization_bps=dec.utilization_bps,
            open_interest=dec.open_interest,
            reserve_bps=dec.reserve_bps,
            score_epoch=dec.score_epoch,
            grade=dec.grade,
            escrow_ledger=dec.escrow_ledger,
            balance=dec.balance,
            floor_epoch=dec.floor_epoch,
            negative=dec.negative,
            negative_since=dec.negative_since,
            route_epoch=dec.route_epoch,
            has_routed=dec.has_routed,
            total_collected=dec.total_collected,
            total_routed=dec.total_routed,
            total_bounty=dec.total_bounty,
            acknowledged_offset=dec.acknowledged_offset,
            bump=dec.bump,
        )

    def to_json(self) -> PremiumAccountJSON:
        return {
            "market_id": str(self.market_id),
            "escrow": str(self.escrow),
            "active": self.active,
            "genesis": self.genesis,
            "epoch_seconds": self.epoch_seconds,
            "rate_bps": self.rate_bps,
            "has_rate": self.has_rate,
            "score": self.score,
            "utilization_bps": self.utilization_bps,
            "open_interest": self.open_interest,
            "reserve_bps": self.reserve_bps,
            "score_epoch": self.score_epoch,
            "grade": self.grade,
            "escrow_ledger": self.escrow_ledger,
            "balance": self.balance,
            "floor_epoch": self.floor_epoch,
            "negative": self.negative,
            "negative_since": self.negative_since,
            "route_epoch": self.route_epoch,
            "has_routed": self.has_routed,
            "total_collected": self.total_collected,
            "total_routed": self.total_routed,
            "total_bounty": self.total_bounty,
            "acknowledged_offset": self.acknowledged_offset,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: PremiumAccountJSON) -> "PremiumAccount":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            escrow=Pubkey.from_string(obj["escrow"]),
            active=obj["active"],
            genesis=obj["genesis"],
            epoch_seconds=obj["epoch_seconds"],
            rate_bps=obj["rate_bps"],
            has_rate=obj["has_rate"],
            score=obj["score"],
            utilization_bps=obj["utilization_bps"],
            open_interest=obj["open_interest"],
            reserve_bps=obj["reserve_bps"],
            score_epoch=obj["score_epoch"],
            grade=obj["grade"],
            escrow_ledger=obj["escrow_ledger"],
            balance=obj["balance"],
            floor_epoch=obj["floor_epoch"],
            negative=obj["negative"],
            negative_since=obj["negative_since"],
            route_epoch=obj["route_epoch"],
            has_routed=obj["has_routed"],
            total_collected=obj["total_collected"],
            total_routed=obj["total_routed"],
            total_bounty=obj["total_bounty"],
            acknowledged_offset=obj["acknowledged_offset"],
            bump=obj["bump"],
        )
