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


class RiskWindowJSON(typing.TypedDict):
    market_id: str
    days: list[int]
    funding: list[int]
    day: int
    head: int
    last_sample_epoch: int
    last_sample_price: int
    has_sample: bool
    total_n: int
    total_sum: int
    total_square: int
    funding_head: int
    funding_count: int
    funding_sum: int
    funding_square: int
    last_cum: int
    last_window: int
    has_funding: bool
    updates: int
    bump: int


@dataclass
class RiskWindow:
    discriminator: typing.ClassVar = b"za\nO\x19\xd8*\x8d"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "days" / borsh.U128[30],
        "funding" / borsh.U128[23],
        "day" / borsh.U64,
        "head" / borsh.U8,
        "last_sample_epoch" / borsh.U64,
        "last_sample_price" / borsh.U64,
        "has_sample" / borsh.Bool,
        "total_n" / borsh.U64,
        "total_sum" / borsh.I128,
        "total_square" / borsh.U128,
        "funding_head" / borsh.U8,
        "funding_count" / borsh.U8,
        "funding_sum" / borsh.I128,
        "funding_square" / borsh.U128,
        "last_cum" / borsh.I64,
        "last_window" / borsh.U64,
        "has_funding" / borsh.Bool,
        "updates" / borsh.U64,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    days: list[int]
    funding: list[int]
    day: int
    head: int
    last_sample_epoch: int
    last_sample_price: int
    has_sample: bool
    total_n: int
    total_sum: int
    total_square: int
    funding_head: int
    funding_count: int
    funding_sum: int
    funding_square: int
    last_cum: int
    last_window: int
    has_funding: bool
    updates: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["RiskWindow"]:
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
    ) -> typing.List[typing.Optional["RiskWindow"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["RiskWindow"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "RiskWindow":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = RiskWindow.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            days=dec.days,
            funding=dec.funding,
            day=dec.day,
            head=dec.head,
            last_sample_epoch=dec.last_sample_epoch,
            last_sample_price=dec.last_sample_price,
            has_sample=dec.has_sample,
            total_n=dec.total_n,
            total_sum=dec.total_sum,
            total_square=dec.total_square,
            funding_head=dec.funding_head,
            funding_count=dec.funding_count,
            funding_sum=dec.funding_sum,
            funding_square=dec.funding_square,
            last_cum=dec.last_cum,
            last_window=dec.last_window,
            has_funding=dec.has_funding,
            updates=dec.updates,
            bump=dec.bump,
        )

    def to_json(self) -> RiskWindowJSON:
        return {
            "market_id": str(self.market_id),
            "days": self.days,
            "funding": self.funding,
            "day": self.day,
            "head": self.head,
            "last_sample_epoch": self.last_sample_epoch,
            "last_sample_price": self.last_sample_price,
            "has_sample": self.has_sample,
            "total_n": self.total_n,
            "total_sum": self.total_sum,
            "total_square": self.total_square,
            "funding_head": self.funding_head,
            "funding_count": self.funding_count,
            "funding_sum": self.funding_sum,
            "funding_square": self.funding_square,
            "last_cum": self.last_cum,
            "last_window": self.last_window,
            "has_funding": self.has_funding,
            "updates": self.updates,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: RiskWindowJSON) -> "RiskWindow":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            days=obj["days"],
            funding=obj["funding"],
            day=obj["day"],
            head=obj["head"],
            last_sample_epoch=obj["last_sample_epoch"],
            last_sample_price=obj["last_sample_price"],
            has_sample=obj["has_sample"],
            total_n=obj["total_n"],
            total_sum=obj["total_sum"],
            total_square=obj["total_square"],
            funding_head=obj["funding_head"],
            funding_count=obj["funding_count"],
            funding_sum=obj["funding_sum"],
            funding_square=obj["funding_square"],
            last_cum=obj["last_cum"],
            last_window=obj["last_window"],
            has_funding=obj["has_funding"],
            updates=obj["updates"],
            bump=obj["bump"],
        )
