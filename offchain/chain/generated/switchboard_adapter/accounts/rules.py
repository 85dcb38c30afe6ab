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


class RulesJSON(typing.TypedDict):
    feed_id: str
    queue: str
    feed_hash: list[int]
    min_samples: int
    has_second: bool
    second: str
    bump: int


@dataclass
class Rules:
    discriminator: typing.ClassVar = b"\x0c\xba\xb6\xae\xc4\xa5X\x0f"
    layout: typing.ClassVar = borsh.CStruct(
        "feed_id" / BorshPubkey,
        "queue" / BorshPubkey,
        "feed_hash" / borsh.U8[32],
        "min_samples" / borsh.U8,
        "has_second" / borsh.Bool,
        "second" / BorshPubkey,
        "bump" / borsh.U8,
    )
    feed_id: Pubkey
    queue: Pubkey
    feed_hash: list[int]
    min_samples: int
    has_second: bool
    second: Pubkey
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["Rules"]:
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
    ) -> typing.List[typing.Optional["Rules"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["Rules"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "Rules":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = Rules.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            feed_id=dec.feed_id,
            queue=dec.queue,
            feed_hash=dec.feed_hash,
            min_samples=dec.min_samples,
            has_second=dec.has_second,
            second=dec.second,
            bump=dec.bump,
        )

    def to_json(self) -> RulesJSON:
        return {
            "feed_id": str(self.feed_id),
            "queue": str(self.queue),
            "feed_hash": self.feed_hash,
            "min_samples": self.min_samples,
            "has_second": self.has_second,
            "second": str(self.second),
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: RulesJSON) -> "Rules":
        return cls(
            feed_id=Pubkey.from_string(obj["feed_id"]),
            queue=Pubkey.from_string(obj["queue"]),
            feed_hash=obj["feed_hash"],
            min_samples=obj["min_samples"],
            has_second=obj["has_second"],
            second=Pubkey.from_string(obj["second"]),
            bump=obj["bump"],
        )
