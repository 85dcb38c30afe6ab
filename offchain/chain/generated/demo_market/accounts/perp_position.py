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


class PerpPositionJSON(typing.TypedDict):
    owner: str
    market: str
    nonce: int
    is_long: bool
    size: int
    entry_price: int
    notional: int
    margin: int
    initial_margin: int
    leverage: int
    entry_funding: int
    state: int
    bump: int


@dataclass
class PerpPosition:
    discriminator: typing.ClassVar = b"1\x1b\xb5\xcf\x80\x9a\xb0-"
    layout: typing.ClassVar = borsh.CStruct(
        "owner" / BorshPubkey,
        "market" / BorshPubkey,
        "nonce" / borsh.U64,
        "is_long" / borsh.Bool,
        "size" / borsh.U64,
        "entry_price" / borsh.U64,
        "notional" / borsh.U64,
        "margin" / borsh.U64,
        "initial_margin" / borsh.U64,
        "leverage" / borsh.U64,
        "entry_funding" / borsh.I64,
        "state" / borsh.U8,
        "bump" / borsh.U8,
    )
    owner: Pubkey
    market: Pubkey
    nonce: int
    is_long: bool
    size: int
    entry_price: int
    notional: int
    margin: int
    initial_margin: int
    leverage: int
    entry_funding: int
    state: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["PerpPosition"]:
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
    ) -> typing.List[typing.Optional["PerpPosition"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["PerpPosition"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "PerpPosition":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = PerpPosition.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            owner=dec.owner,
            market=dec.market,
            nonce=dec.nonce,
            is_long=dec.is_long,
            size=dec.size,
            entry_price=dec.entry_price,
            notional=dec.notional,
            margin=dec.margin,
            initial_margin=dec.initial_margin,
            leverage=dec.leverage,
            entry_funding=dec.entry_funding,
            state=dec.state,
            bump=dec.bump,
        )

    def to_json(self) -> PerpPositionJSON:
        return {
            "owner": str(self.owner),
            "market": str(self.market),
            "nonce": self.nonce,
            "is_long": self.is_long,
            "size": self.size,
            "entry_price": self.entry_price,
            "notional": self.notional,
            "margin": self.margin,
            "initial_margin": self.initial_margin,
            "leverage": self.leverage,
            "entry_funding": self.entry_funding,
            "state": self.state,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: PerpPositionJSON) -> "PerpPosition":
        return cls(
            owner=Pubkey.from_string(obj["owner"]),
            market=Pubkey.from_string(obj["market"]),
            nonce=obj["nonce"],
            is_long=obj["is_long"],
            size=obj["size"],
            entry_price=obj["entry_price"],
            notional=obj["notional"],
            margin=obj["margin"],
            initial_margin=obj["initial_margin"],
            leverage=obj["leverage"],
            entry_funding=obj["entry_funding"],
            state=obj["state"],
            bump=obj["bump"],
        )
