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


class PerpMarketJSON(typing.TypedDict):
    market_id: str
    creator: str
    index: int
    mint: str
    vault: str
    fee_vault: str
    risk_fp: str
    risk_authority: str
    premium_fp: str
    handler_fp: str
    handler_authority: str
    pool_authority: str
    registered: bool
    genesis: int
    epoch_seconds: int
    synced: bool
    synced_at: int
    price: int
    publish_time: int
    lag_price: int
    provisional: bool
    grade: int
    reasons: int
    leverage_cap: int
    oi_cap: int
    depth: int
    trading_fee_bps: int
    maintenance_bps: int
    liquidation_fee_bps: int
    oi_long: int
    oi_short: int
    entry_notional: int
    entry_notional_leverage: int
    cum_funding: int
    acc_time: int
    acc_epoch: int
    acc_long: int
    acc_short: int
    acc_notional: int
    acc_notional_leverage: int
    mean_epoch: int
    mean_long: int
    mean_short: int
    mean_leverage: int
    margins: int
    house: int
    fund: int
    claimable: int
    fees_due: int
    unvested_units: int
    profit_index: int
    profit_generation: int
    deficit_counter: int
    margin_counter: int
    fund_counter: int
    bad_debt: int
    open_positions: int
    bump: int


@dataclass
class PerpMarket:
    discriminator: typing.ClassVar = b"\n\xdf\x0c,k\xf57\xf7"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "creator" / BorshPubkey,
        "index" / borsh.U64,
        "mint" / BorshPubkey,
        "vault" / BorshPubkey,
        "fee_vault" / BorshPubkey,
        "risk_fp" / BorshPubkey,
        "risk_authority" / BorshPubkey,
        "premium_fp" / BorshPubkey,
        "handler_fp" / BorshPubkey,
        "handler_authority" / BorshPubkey,
        "pool_authority" / BorshPubkey,
        "registered" / borsh.Bool,
        "genesis" / borsh.I64,
        "epoch_seconds" / borsh.U64,
        "synced" / borsh.Bool,
        "synced_at" / borsh.I64,
        "price" / borsh.U64,
        "publish_time" / borsh.I64,
        "lag_price" / borsh.U64,
        "provisional" / borsh.Bool,
        "grade" / borsh.U8,
        "reasons" / borsh.U8,
        "leverage_cap" / borsh.U64,
        "oi_cap" / borsh.U64,
        "depth" / borsh.U64,
        "trading_fee_bps" / borsh.U64,
        "maintenance_bps" / borsh.U64,
        "liquidation_fee_bps" / borsh.U64,
        "oi_long" / borsh.U64,
        "oi_short" / borsh.U64,
        "entry_notional" / borsh.U64,
        "entry_notional_leverage" / borsh.U128,
        "cum_funding" / borsh.I64,
        "acc_time" / borsh.I64,
        "acc_epoch" / borsh.U64,
        "acc_long" / borsh.U128,
        "acc_short" / borsh.U128,
        "acc_notional" / borsh.U128,
        "acc_notional_leverage" / borsh.U128,
        "mean_epoch" / borsh.U64,
        "mean_long" / borsh.U64,
        "mean_short" / borsh.U64,
        "mean_leverage" / borsh.U64,
        "margins" / borsh.U64,
        "house" / borsh.U64,
        "fund" / borsh.U64,
        "claimable" / borsh.U64,
        "fees_due" / borsh.U64,
        "unvested_units" / borsh.U64,
        "profit_index" / borsh.U64,
        "profit_generation" / borsh.U64,
        "deficit_counter" / borsh.U64,
        "margin_counter" / borsh.U64,
        "fund_counter" / borsh.U64,
        "bad_debt" / borsh.U64,
        "open_positions" / borsh.U64,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    creator: Pubkey
    index: int
    mint: Pubkey
    vault: Pubkey
    fee_vault: Pubkey
    risk_fp: Pubkey
    risk_authority: Pubkey
    premium_fp: Pubkey
    handler_fp: Pubkey
    handler_authority: Pubkey
    pool_authority: Pubkey
    registered: bool
    genesis: int
    epoch_seconds: int
    synced: bool
    synced_at: int
    price: int
    publish_time: int
    lag_price: int
    provisional: bool
    grade: int
    reasons: int
    leverage_cap: int
    oi_cap: int
    depth: int
    trading_fee_bps: int
    maintenance_bps: int
    liquidation_fee_bps: int
    oi_long: int
    oi_short: int
    entry_notional: int
    entry_notional_leverage: int
    cum_funding: int
    acc_time: int
    acc_epoch: int
    acc_long: int
    acc_short: int
    acc_notional: int
    acc_notional_leverage: int
    mean_epoch: int
    mean_long: int
    mean_short: int
    mean_leverage: int
    margins: int
    house: int
    fund: int
    claimable: int
    fees_due: int
    unvested_units: int
    profit_index: int
    profit_generation: int
    deficit_counter: int
    margin_counter: int
    fund_counter: int
    bad_debt: int
    open_positions: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["PerpMarket"]:
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
    ) -> typing.List[typing.Optional["PerpMarket"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["PerpMarket"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "PerpMarket":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = PerpMarket.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            creator=dec.creator,
            index=dec.index,
            mint=dec.mint,
            vault=dec.vault,
            fee_vault=dec.fee_vault,
            risk_fp=dec.risk_fp,
            risk_authority=dec.risk_authority,
            premium_fp=dec.premium_fp,
            handler_fp=dec.handler_fp,
            handler_authority=dec.handler_authority,
            pool_authority=dec.pool_authority,
            registered=dec.registered,
            genesis=dec.genesis,
            epoch_seconds=dec.epoch_seconds,
            synced=dec.synced,
            synced_at=dec.synced_at,
            price=dec.price,
            publish_time=dec.publish_time,
            lag_price=dec.lag_price,
            provisional=dec.provisional,
            grade=dec.grade,
            reasons=dec.reasons,
            leverage_cap=dec.leverage_cap,
            oi_cap=dec.oi_cap,
            depth=dec.depth,
            trading_fee_bps=dec.trading_fee_bps,
            maintenance_bps=dec.maintenance_bps,
            liquidation_fee_bps=dec.liquidation_fee_bps,
            oi_long=dec.oi_long,
            oi_short=dec.oi_short,
            entry_notional=dec.entry_notional,
            entry_notional_leverage=dec.entry_notional_leverage,
            cum_funding=dec.cum_funding,
            acc_time=dec.acc_time,
            acc_epoch=dec.acc_epoch,
            acc_long=dec.acc_long,
            acc_short=dec.acc_short,
            acc_notional=dec.acc_notional,
            acc_notional_leverage=dec.acc_notional_leverage,
            mean_epoch=dec.mean_epoch,
            mean_long=dec.mean_long,
            mean_short=dec.mean_short,
            mean_leverage=dec.mean_leverage,
            margins=dec.margins,
            house=dec.house,
            fund=dec.fund,
            claimable=dec.claimable,
            fees_due=dec.fees_due,
            unvested_units=dec.unvested_units,
            profit_index=dec.profit_index,
            profit_generation=dec.profit_generation,
            deficit_counter=dec.deficit_counter,
            margin_counter=dec.margin_counter,
            fund_counter=dec.fund_counter,
            bad_debt=dec.bad_debt,
            open_positions=dec.open_positions,
            bump=dec.bump,
        )

    def to_json(self) -> PerpMarketJSON:
        return {
            "market_id": str(self.market_id),
            "creator": str(self.creator),
            "index": self.index,
            "mint": str(self.mint),
            "vault": str(self.vault),
            "fee_vault": str(self.fee_vault),
            "risk_fp": str(self.risk_fp),
            "risk_authority": str(self.risk_authority),
            "premium_fp": str(self.premium_fp),
            "handler_fp": str(self.handler_fp),
            "handler_authority": str(self.handler_authority),
            "pool_authority": str(self.pool_authority),
            "registered": self.registered,
            "genesis": self.genesis,
            "epoch_seconds": self.epoch_seconds,
            "synced": self.synced,
            "synced_at": self.synced_at,
            "price": self.price,
            "publish_time": self.publish_time,
            "lag_price": self.lag_price,
            "provisional": self.provisional,
            "grade": self.grade,
            "reasons": self.reasons,
            "leverage_cap": self.leverage_cap,
            "oi_cap": self.oi_cap,
            "depth": self.depth,
            "trading_fee_bps": self.trading_fee_bps,
            "maintenance_bps": self.maintenance_bps,
            "liquidation_fee_bps": self.liquidation_fee_bps,
            "oi_long": self.oi_long,
            "oi_short": self.oi_short,
            "entry_notional": self.entry_notional,
            "entry_notional_leverage": self.entry_notional_leverage,
            "cum_funding": self.cum_funding,
            "acc_time": self.acc_time,
            "acc_epoch": self.acc_epoch,
            "acc_long": self.acc_long,
            "acc_short": self.acc_short,
            "acc_notional": self.acc_notional,
            "acc_notional_leverage": self.acc_notional_leverage,
            "mean_epoch": self.mean_epoch,
            "mean_long": self.mean_long,
            "mean_short": self.mean_short,
            "mean_leverage": self.mean_leverage,
            "margins": self.margins,
            "house": self.house,
            "fund": self.fund,
            "claimable": self.claimable,
            "fees_due": self.fees_due,
            "unvested_units": self.unvested_units,
            "profit_index": self.profit_index,
            "profit_generation": self.profit_generation,
            "deficit_counter": self.deficit_counter,
            "margin_counter": self.margin_counter,
            "fund_counter": self.fund_counter,
            "bad_debt": self.bad_debt,
            "open_positions": self.open_positions,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: PerpMarketJSON) -> "PerpMarket":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            creator=Pubkey.from_string(obj["creator"]),
            index=obj["index"],
            mint=Pubkey.from_string(obj["mint"]),
            vault=Pubkey.from_string(obj["vault"]),
            fee_vault=Pubkey.from_string(obj["fee_vault"]),
            risk_fp=Pubkey.from_string(obj["risk_fp"]),
            risk_authority=Pubkey.from_string(obj["risk_authority"]),
            premium_fp=Pubkey.from_string(obj["premium_fp"]),
            handler_fp=Pubkey.from_string(obj["handler_fp"]),
            handler_authority=Pubkey.from_string(obj["handler_authority"]),
            pool_authority=Pubkey.from_string(obj["pool_authority"]),
            registered=obj["registered"],
            genesis=obj["genesis"],
            epoch_seconds=obj["epoch_seconds"],
            synced=obj["synced"],
            synced_at=obj["synced_at"],
            price=obj["price"],
            publish_time=obj["publish_time"],
            lag_price=obj["lag_price"],
            provisional=obj["provisional"],
            grade=obj["grade"],
            reasons=obj["reasons"],
            leverage_cap=obj["leverage_cap"],
            oi_cap=obj["oi_cap"],
            depth=obj["depth"],
            trading_fee_bps=obj["trading_fee_bps"],
            maintenance_bps=obj["maintenance_bps"],
            liquidation_fee_bps=obj["liquidation_fee_bps"],
            oi_long=obj["oi_long"],
            oi_short=obj["oi_short"],
            entry_notional=obj["entry_notional"],
            entry_notional_leverage=obj["entry_notional_leverage"],
            cum_funding=obj["cum_funding"],
            acc_time=obj["acc_time"],
            acc_epoch=obj["acc_epoch"],
            acc_long=obj["acc_long"],
            acc_short=obj["acc_short"],
            acc_notional=obj["acc_notional"],
            acc_notional_leverage=obj["acc_notional_leverage"],
            mean_epoch=obj["mean_epoch"],
            mean_long=obj["mean_long"],
            mean_short=obj["mean_short"],
            mean_leverage=obj["mean_leverage"],
            margins=obj["margins"],
            house=obj["house"],
            fund=obj["fund"],
            claimable=obj["claimable"],
            fees_due=obj["fees_due"],
            unvested_units=obj["unvested_units"],
            profit_index=obj["profit_index"],
            profit_generation=obj["profit_generation"],
            deficit_counter=obj["deficit_counter"],
            margin_counter=obj["margin_counter"],
            fund_counter=obj["fund_counter"],
            bad_debt=obj["bad_debt"],
            open_positions=obj["open_positions"],
            bump=obj["bump"],
        )
