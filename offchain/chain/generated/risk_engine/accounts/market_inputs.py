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


class MarketInputsJSON(typing.TypedDict):
    market_id: str
    stats_epoch: int
    open_interest_long: int
    open_interest_short: int
    open_interest_now: int
    mean_leverage: int
    depth: int
    cum_funding: int
    has_stats: bool
    available_balance: int
    pending_withdrawals: int
    utilization_bps: int
    reserve_epoch: int
    exit: bool
    has_reserve: bool
    arrears: bool
    arrears_epoch: int
    bump: int


@dataclass
class MarketInputs:
    discriminator: typing.ClassVar = b"C3+n\xe8\xc3\x8c~"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "stats_epoch" / borsh.U64,
        "open_interest_long" / borsh.U64,
        "open_interest_short" / borsh.U64,
        "open_interest_now" / borsh.U64,
        "mean_leverage" / borsh.U64,
        "depth" / borsh.U64,
        "cum_funding" / borsh.I64,
        "has_stats" / borsh.Bool,
        "available_balance" / borsh.U64,
        "pending_withdrawals" / borsh.U64,
        "utilization_bps" / borsh.U64,
        "reserve_epoch" / borsh.U64,
        "exit" / borsh.Bool,
        "has_reserve" / borsh.Bool,
        "arrears" / borsh.Bool,
        "arrears_epoch" / borsh.U64,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    stats_epoch: int
    open_interest_long: int
    open_interest_short: int
    open_interest_now: int
    mean_leverage: int
    depth: int
    cum_funding: int
    has_stats: bool
    available_balance: int
    pending_withdrawals: int
    utilization_bps: int
    reserve_epoch: int
    exit: bool
    has_reserve: bool
    arrears: bool
    arrears_epoch: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["MarketInputs"]:
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
    ) -> typing.List[typing.Optional["MarketInputs"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["MarketInputs"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "MarketInputs":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = MarketInputs.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            stats_epoch=dec.stats_epoch,
            open_interest_long=dec.open_interest_long,
            open_interest_short=dec.open_interest_short,
            open_interest_now=dec.open_interest_now,
            mean_leverage=dec.mean_leverage,
            depth=dec.depth,
            cum_funding=dec.cum_funding,
            has_stats=dec.has_stats,
            available_balance=dec.available_balance,
            pending_withdrawals=dec.pending_withdrawals,
            utilization_bps=dec.utilization_bps,
            reserve_epoch=dec.reserve_epoch,
            exit=dec.exit,
            has_reserve=dec.has_reserve,
            arrears=dec.arrears,
            arrears_epoch=dec.arrears_epoch,
            bump=dec.bump,
        )

    def to_json(self) -> MarketInputsJSON:
        return {
            "market_id": str(self.market_id),
            "stats_epoch": self.stats_epoch,
            "open_interest_long": self.open_interest_long,
            "open_interest_short": self.open_interest_short,
            "open_interest_now": self.open_interest_now,
            "mean_leverage": self.mean_leverage,
            "depth": self.depth,
            "cum_funding": self.cum_funding,
            "has_stats": self.has_stats,
            "available_balance": self.available_balance,
            "pending_withdrawals": self.pending_withdrawals,
            "utilization_bps": self.utilization_bps,
            "reserve_epoch": self.reserve_epoch,
            "exit": self.exit,
            "has_reserve": self.has_reserve,
            "arrears": self.arrears,
            "arrears_epoch": self.arrears_epoch,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: MarketInputsJSON) -> "MarketInputs":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            stats_epoch=obj["stats_epoch"],
            open_interest_long=obj["open_interest_long"],
            open_interest_short=obj["open_interest_short"],
            open_interest_now=obj["open_interest_now"],
            mean_leverage=obj["mean_leverage"],
            depth=obj["depth"],
            cum_funding=obj["cum_funding"],
            has_stats=obj["has_stats"],
            available_balance=obj["available_balance"],
            pending_withdrawals=obj["pending_withdrawals"],
            utilization_bps=obj["utilization_bps"],
            reserve_epoch=obj["reserve_epoch"],
            exit=obj["exit"],
            has_reserve=obj["has_reserve"],
            arrears=obj["arrears"],
            arrears_epoch=obj["arrears_epoch"],
            bump=obj["bump"],
        )
