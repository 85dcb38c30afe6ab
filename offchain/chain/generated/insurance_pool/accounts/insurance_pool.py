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


class InsurancePoolJSON(typing.TypedDict):
    market_id: str
    total_deposits: int
    available_balance: int
    epoch_premium_accrued: int
    utilization_rate: int
    last_update_epoch: int
    total_shares: int
    unvested: int
    vest_end: int
    vest_epoch: int
    pending_shares: int
    pending_value: int
    generation: int
    vault: str
    market_vault: str
    creator: str
    engine_fp: str
    inputs: str
    premium: str
    active: bool
    genesis: int
    epoch_seconds: int
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int
    required_reserve: int
    open_interest_now: int
    score_epoch: int
    reasons: int
    high_water_mark: int
    first_loss: int
    residual: int
    stake_request: int
    stake_request_epoch: int
    unsettled: int
    reserved: int
    reserved_sequence: int
    reserved_payout: int
    reserved_first_loss: int
    reserved_premium: int
    reserved_capital: int
    reserved_offset: int
    reserved_fee: int
    treasury_fees: int
    claim_fees: int
    arrears: int
    acknowledged_offset: int
    total_offset: int
    exit: bool
    bump: int


@dataclass
class InsurancePool:
    discriminator: typing.ClassVar = b"\xef\x98\x91\xc9\xe4\x9b\x8b\x8c"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "total_deposits" / borsh.U64,
        "available_balance" / borsh.U64,
        "epoch_premium_accrued" / borsh.U64,
        "utilization_rate" / borsh.U64,
        "last_update_epoch" / borsh.U64,
        "total_shares" / borsh.U64,
        "unvested" / borsh.U64,
        "vest_end" / borsh.U64,
        "vest_epoch" / borsh.U64,
        "pending_shares" / borsh.U64,
        "pending_value" / borsh.U64,
        "generation" / borsh.U64,
        "vault" / BorshPubkey,
        "market_vault" / BorshPubkey,
        "creator" / BorshPubkey,
        "engine_fp" / BorshPubkey,
        "inputs" / BorshPubkey,
        "premium" / BorshPubkey,
        "active" / borsh.Bool,
        "genesis" / borsh.I64,
        "epoch_seconds" / borsh.U64,
        "lock_epochs" / borsh.U64,
        "notice_epochs" / borsh.U64,
        "performance_fee_bps" / borsh.U64,
        "required_reserve" / borsh.U64,
        "open_interest_now" / borsh.U64,
        "score_epoch" / borsh.U64,
        "reasons" / borsh.U8,
        "high_water_mark" / borsh.U64,
        "first_loss" / borsh.U64,
        "residual" / borsh.U64,
        "stake_request" / borsh.U64,
        "stake_request_epoch" / borsh.U64,
        "unsettled" / borsh.U64,
        "reserved" / borsh.U64,
        "reserved_sequence" / borsh.U64,
        "reserved_payout" / borsh.U64,
        "reserved_first_loss" / borsh.U64,
        "reserved_premium" / borsh.U64,
        "reserved_capital" / borsh.U64,
        "reserved_offset" / borsh.U64,
        "reserved_fee" / borsh.U64,
        "treasury_fees" / borsh.U64,
        "claim_fees" / borsh.U64,
        "arrears" / borsh.U64,
        "acknowledged_offset" / borsh.U64,
        "total_offset" / borsh.U64,
        "exit" / borsh.Bool,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    total_deposits: int
    available_balance: int
    epoch_premium_accrued: int
    utilization_rate: int
    last_update_epoch: int
    total_shares: int
    unvested: int
    vest_end: int
    vest_epoch: int
    pending_shares: int
    pending_value: int
    generation: int
    vault: Pubkey
    market_vault: Pubkey
    creator: Pubkey
    engine_fp: Pubkey
    inputs: Pubkey
    premium: Pubkey
    active: bool
    genesis: int
    epoch_seconds: int
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int
    required_reserve: int
    open_interest_now: int
    score_epoch: int
    reasons: int
    high_water_mark: int
    first_loss: int
    residual: int
    stake_request: int
    stake_request_epoch: int
    unsettled: int
    reserved: int
    reserved_sequence: int
    reserved_payout: int
    reserved_first_loss: int
    reserved_premium: int
    reserved_capital: int
    reserved_offset: int
    reserved_fee: int
    treasury_fees: int
    claim_fees: int
    arrears: int
    acknowledged_offset: int
    total_offset: int
    exit: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["InsurancePool"]:
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
    ) -> typing.List[typing.Optional["InsurancePool"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["InsurancePool"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "InsurancePool":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = InsurancePool.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            total_deposits=dec.total_deposits,
            available_balance=dec.available_balance,
            epoch_premium_accrued=dec.epoch_premium_accrued,
            utilization_rate=dec.utilization_rate,
            last_update_epoch=dec.last_update_epoch,
            total_shares=dec.total_shares,
            unvested=dec.unvested,
            vest_end=dec.vest_end,
            vest_epoch=dec.vest_epoch,
            pending_shares=dec.pending_shares,
            pending_value=dec.pending_value,
            generation=dec.generation,
            vault=dec.vault,
            market_vault=dec.market_vault,
            creator=dec.creator,
            engine_fp=dec.engine_fp,
            inputs=dec.inputs,
            premium=dec.premium,
            active=dec.active,
            genesis=dec.genesis,
            epoch_seconds=dec.epoch_seconds,
            lock_epochs=dec.lock_epochs,
            notice_epochs=dec.notice_epochs,
            performance_fee_bps=dec.performance_fee_bps,
            required_reserve=dec.required_reserve,
            open_interest_now=dec.open_interest_now,
            score_epoch=dec.score_epoch,
            reasons=dec.reasons,
            high_water_mark=dec.high_water_mark,
            first_loss=dec.first_loss,
            residual=dec.residual,
            stake_request=dec.stake_request,
            stake_request_epoch=dec.stake_request_epoch,
            unsettled=dec.unsettled,
            reserved=dec.reserved,
            reserved_sequence=dec.reserved_sequence,
            reserved_payout=dec.reserved_payout,
            reserved_first_loss=dec.reserved_first_loss,
            reserved_premium=dec.reserved_premium,
            reserved_capital=dec.reserved_capital,
            reserved_offset=dec.reserved_offset,
            reserved_fee=dec.reserved_fee,
            treasury_fees=dec.treasury_fees,
            claim_fees=dec.claim_fees,
            arrears=dec.arrears,
            acknowledged_offset=dec.acknowledged_offset,
            total_offset=dec.total_offset,
            exit=dec.exit,
            bump=dec.bump,
        )

    def to_json(self) -> InsurancePoolJSON:
        return {
            "market_id": str(self.market_id),
            "total_deposits": self.total_deposits,
            "available_balance": self.available_balance,
            "epoch_premium_accrued": self.epoch_premium_accrued,
            "utilization_rate": self.utilization_rate,
            "last_update_epoch": self.last_update_epoch,
            "total_shares": self.total_shares,
            "unvested": self.unvested,
            "vest_end": self.vest_end,
            "vest_epoch": self.vest_epoch,
            "pending_shares": self.pending_shares,
            "pending_value": self.pending_value,
            "generation": self.generation,
            "vault": str(self.vault),
            "market_vault": str(self.market_vault),
            "creator": str(self.creator),
            "engine_fp": str(self.engine_fp),
            "inputs": str(self.inputs),
            "premium": str(self.premium),
            "active": self.active,
            "genesis": self.genesis,
            "epoch_seconds": self.epoch_seconds,
            "lock_epochs": self.lock_epochs,
            "notice_epochs": self.notice_epochs,
            "performance_fee_bps": self.performance_fee_bps,
            "required_reserve": self.required_reserve,
            "open_interest_now": self.open_interest_now,
            "score_epoch": self.score_epoch,
            "reasons": self.reasons,
            "high_water_mark": self.high_water_mark,
            "first_loss": self.first_loss,
            "residual": self.residual,
            "stake_request": self.stake_request,
            "stake_request_epoch": self.stake_request_epoch,
            "unsettled": self.unsettled,
            "reserved": self.reserved,
            "reserved_sequence": self.reserved_sequence,
            "reserved_payout": self.reserved_payout,
            "reserved_first_loss": self.reserved_first_loss,
            "reserved_premium": self.reserved_premium,
            "reserved_capital": self.reserved_capital,
            "reserved_offset": self.reserved_offset,
            "reserved_fee": self.reserved_fee,
            "treasury_fees": self.treasury_fees,
            "claim_fees": self.claim_fees,
            "arrears": self.arrears,
            "acknowledged_offset": self.acknowledged_offset,
            "total_offset": self.total_offset,
            "exit": self.exit,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: InsurancePoolJSON) -> "InsurancePool":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            total_deposits=obj["total_deposits"],
            available_balance=obj["available_balance"],
            epoch_premium_accrued=obj["epoch_premium_accrued"],
            utilization_rate=obj["utilization_rate"],
            last_update_epoch=obj["last_update_epoch"],
            total_shares=obj["total_shares"],
            unvested=obj["unvested"],
            vest_end=obj["vest_end"],
            vest_epoch=obj["vest_epoch"],
            pending_shares=obj["pending_shares"],
            pending_value=obj["pending_value"],
            generation=obj["generation"],
            vault=Pubkey.from_string(obj["vault"]),
            market_vault=Pubkey.from_string(obj["market_vault"]),
            creator=Pubkey.from_string(obj["creator"]),
            engine_fp=Pubkey.from_string(obj["engine_fp"]),
            inputs=Pubkey.from_string(obj["inputs"]),
            premium=Pubkey.from_string(obj["premium"]),
            active=obj["active"],
            genesis=obj["genesis"],
            epoch_seconds=obj["epoch_seconds"],
            lock_epochs=obj["lock_epochs"],
            notice_epochs=obj["notice_epochs"],
            performance_fee_bps=obj["performance_fee_bps"],
            required_reserve=obj["required_reserve"],
            open_interest_now=obj["open_interest_now"],
            score_epoch=obj["score_epoch"],
            reasons=obj["reasons"],
            high_water_mark=obj["high_water_mark"],
            first_loss=obj["first_loss"],
            residual=obj["residual"],
            stake_request=obj["stake_request"],
            stake_request_epoch=obj["stake_request_epoch"],
            unsettled=obj["unsettled"],
            reserved=obj["reserved"],
            reserved_sequence=obj["reserved_sequence"],
            reserved_payout=obj["reserved_payout"],
            reserved_first_loss=obj["reserved_first_loss"],
            reserved_premium=obj["reserved_premium"],
            reserved_capital=obj["reserved_capital"],
            reserved_offset=obj["reserved_offset"],
            reserved_fee=obj["reserved_fee"],
            treasury_fees=obj["treasury_fees"],
            claim_fees=obj["claim_fees"],
            arrears=obj["arrears"],
            acknowledged_offset=obj["acknowledged_offset"],
            total_offset=obj["total_offset"],
            exit=obj["exit"],
            bump=obj["bump"],
        )
