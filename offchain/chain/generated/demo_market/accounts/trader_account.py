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


class TraderAccountJSON(typing.TypedDict):
    owner: str
    market: str
    units: int
    vest_end: int
    vest_epoch: int
    generation: int
    claimable: int
    bump: int


@dataclass
class TraderAccount:
    discriminator: typing.ClassVar = b"o\xde*k\xb1L&\x95"
    layout: typing.ClassVar = borsh.CStruct(
        "owner" / BorshPubkey,
        "market" / BorshPubkey,
        "units" / borsh.U64,
        "vest_end" / borsh.U64,
        "vest_epoch" / borsh.U64,
        "generation" / borsh.U64,
        "claimable" / borsh.U64,
        "bump" / borsh.U8,
    )
    owner: Pubkey
    market: Pubkey
    units: int
    vest_end: int
    vest_epoch: int
    generation: int
    claimable: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["TraderAccount"]:
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
    ) -> typing.List[typing.Optional["TraderAccount"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["TraderAccount"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "TraderAccount":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = TraderAccount.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            owner=dec.owner,
            market=dec.market,
            units=dec.units,
            vest_end=dec.vest_end,
            vest_epoch=dec.vest_epoch,
            generation=dec.generation,
            claimable=dec.claimable,
            bump=dec.bump,
        )

    def to_json(self) -> TraderAccountJSON:
        return {
            "owner": str(self.owner),
            "market": str(self.market),
            "units": self.units,
            "vest_end": self.vest_end,
            "vest_epoch": self.vest_epoch,
            "generation": self.generation,
            "claimable": self.claimable,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: TraderAccountJSON) -> "TraderAccount":
        return cls(
            owner=Pubkey.from_string(obj["owner"]),
            market=Pubkey.from_string(obj["market"]),
            units=obj["units"],
            vest_end=obj["vest_end"],
            vest_epoch=obj["vest_epoch"],
            generation=obj["generation"],
            claimable=obj["claimable"],
            bump=obj["bump"],
        )
