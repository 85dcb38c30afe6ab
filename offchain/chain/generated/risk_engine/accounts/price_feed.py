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


class PriceFeedJSON(typing.TypedDict):
    feed_id: str
    writer: str
    source: int
    price: int
    conf: int
    publish_time: int
    candidate_price: int
    candidate_time: int
    lag_price: int
    lag_time: int
    provisional: bool
    provisional_price: int
    provisional_time: int
    sample_price: int
    sample_epoch: int
    has_sample: bool
    updates: int
    bump: int


@dataclass
class PriceFeed:
    discriminator: typing.ClassVar = b"\xbdg\xfc\x17\x98#\xf3\x9c"
    layout: typing.ClassVar = borsh.CStruct(
        "feed_id" / BorshPubkey,
        "writer" / BorshPubkey,
        "source" / borsh.U8,
        "price" / borsh.U64,
        "conf" / borsh.U64,
        "publish_time" / borsh.I64,
        "candidate_price" / borsh.U64,
        "candidate_time" / borsh.I64,
        "lag_price" / borsh.U64,
        "lag_time" / borsh.I64,
        "provisional" / borsh.Bool,
        "provisional_price" / borsh.U64,
        "provisional_time" / borsh.I64,
        "sample_price" / borsh.U64,
        "sample_epoch" / borsh.U64,
        "has_sample" / borsh.Bool,
        "updates" / borsh.U64,
        "bump" / borsh.U8,
    )
    feed_id: Pubkey
    writer: Pubkey
    source: int
    price: int
    conf: int
    publish_time: int
    candidate_price: int
    candidate_time: int
    lag_price: int
    lag_time: int
    provisional: bool
    provisional_price: int
    provisional_time: int
    sample_price: int
    sample_epoch: int
    has_sample: bool
    updates: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["PriceFeed"]:
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
    ) -> typing.List[typing.Optional["PriceFeed"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["PriceFeed"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "PriceFeed":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = PriceFeed.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            feed_id=dec.feed_id,
            writer=dec.writer,
            source=dec.source,
            price=dec.price,
            conf=dec.conf,
            publish_time=dec.publish_time,
            candidate_price=dec.candidate_price,
            candidate_time=dec.candidate_time,
            lag_price=dec.lag_price,
            lag_time=dec.lag_time,
            provisional=dec.provisional,
            provisional_price=dec.provisional_price,
            provisional_time=dec.provisional_time,
            sample_price=dec.sample_price,
            sample_epoch=dec.sample_epoch,
            has_sample=dec.has_sample,
            updates=dec.updates,
            bump=dec.bump,
        )

    def to_json(self) -> PriceFeedJSON:
        return {
            "feed_id": str(self.feed_id),
            "writer": str(self.writer),
            "source": self.source,
            "price": self.price,
            "conf": self.conf,
            "publish_time": self.publish_time,
            "candidate_price": self.candidate_price,
            "candidate_time": self.candidate_time,
            "lag_price": self.lag_price,
            "lag_time": self.lag_time,
            "provisional": self.provisional,
            "provisional_price": self.provisional_price,
            "provisional_time": self.provisional_time,
            "sample_price": self.sample_price,
            "sample_epoch": self.sample_epoch,
            "has_sample": self.has_sample,
            "updates": self.updates,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: PriceFeedJSON) -> "PriceFeed":
        return cls(
            feed_id=Pubkey.from_string(obj["feed_id"]),
            writer=Pubkey.from_string(obj["writer"]),
            source=obj["source"],
            price=obj["price"],
            conf=obj["conf"],
            publish_time=obj["publish_time"],
            candidate_price=obj["candidate_price"],
            candidate_time=obj["candidate_time"],
            lag_price=obj["lag_price"],
            lag_time=obj["lag_time"],
            provisional=obj["provisional"],
            provisional_price=obj["provisional_price"],
            provisional_time=obj["provisional_time"],
            sample_price=obj["sample_price"],
            sample_epoch=obj["sample_epoch"],
            has_sample=obj["has_sample"],
            updates=obj["updates"],
            bump=obj["bump"],
        )
