from __future__ import annotations
import typing
from dataclasses import dataclass
from construct import Container
import borsh_construct as borsh


class PoolStateJSON(typing.TypedDict):
    total_deposits: int
    available_balance: int
    utilization_rate: int
    total_shares: int
    unvested: int
    vest_end: int
    vest_epoch: int
    pending_shares: int
    pending_value: int
    generation: int
    high_water_mark: int
    first_loss: int
    residual: int
    reserved: int
    treasury_fees: int
    claim_fees: int
    exit: bool


@dataclass
class PoolState:
    layout: typing.ClassVar = borsh.CStruct(
        "total_deposits" / borsh.U64,
        "available_balance" / borsh.U64,
        "utilization_rate" / borsh.U64,
        "total_shares" / borsh.U64,
        "unvested" / borsh.U64,
        "vest_end" / borsh.U64,
        "vest_epoch" / borsh.U64,
        "pending_shares" / borsh.U64,
        "pending_value" / borsh.U64,
        "generation" / borsh.U64,
        "high_water_mark" / borsh.U64,
        "first_loss" / borsh.U64,
        "residual" / borsh.U64,
        "reserved" / borsh.U64,
        "treasury_fees" / borsh.U64,
        "claim_fees" / borsh.U64,
        "exit" / borsh.Bool,
    )
    total_deposits: int
    available_balance: int
    utilization_rate: int
    total_shares: int
    unvested: int
    vest_end: int
    vest_epoch: int
    pending_shares: int
    pending_value: int
    generation: int
    high_water_mark: int
    first_loss: int
    residual: int
    reserved: int
    treasury_fees: int
    claim_fees: int
    exit: bool

    @classmethod
    def from_decoded(cls, obj: Container) -> "PoolState":
        return cls(
            total_deposits=obj.total_deposits,
            available_balance=obj.available_balance,
            utilization_rate=obj.utilization_rate,
            total_shares=obj.total_shares,
            unvested=obj.unvested,
            vest_end=obj.vest_end,
            vest_epoch=obj.vest_epoch,
            pending_shares=obj.pending_shares,
            pending_value=obj.pending_value,
            generation=obj.generation,
            high_water_mark=obj.high_water_mark,
            first_loss=obj.first_loss,
            residual=obj.residual,
            reserved=obj.reserved,
            treasury_fees=obj.treasury_fees,
            claim_fees=obj.claim_fees,
            exit=obj.exit,
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "total_deposits": self.total_deposits,
            "available_balance": self.available_balance,
            "utilization_rate": self.utilization_rate,
            "total_shares": self.total_shares,
            "unvested": self.unvested,
            "vest_end": self.vest_end,
            "vest_epoch": self.vest_epoch,
            "pending_shares": self.pending_shares,
            "pending_value": self.pending_value,
            "generation": self.generation,
            "high_water_mark": self.high_water_mark,
            "first_loss": self.first_loss,
            "residual": self.residual,
            "reserved": self.reserved,
            "treasury_fees": self.treasury_fees,
            "claim_fees": self.claim_fees,
            "exit": self.exit,
        }

    def to_json(self) -> PoolStateJSON:
        return {
            "total_deposits": self.total_deposits,
            "available_balance": self.available_balance,
            "utilization_rate": self.utilization_rate,
            "total_shares": self.total_shares,
            "unvested": self.unvested,
            "vest_end": self.vest_end,
            "vest_epoch": self.vest_epoch,
            "pending_shares": self.pending_shares,
            "pending_value": self.pending_value,
            "generation": self.generation,
            "high_water_mark": self.high_water_mark,
            "first_loss": self.first_loss,
            "residual": self.residual,
            "reserved": self.reserved,
            "treasury_fees": self.treasury_fees,
            "claim_fees": self.claim_fees,
            "exit": self.exit,
        }

    @classmethod
    def from_json(cls, obj: PoolStateJSON) -> "PoolState":
        return cls(
            total_deposits=obj["total_deposits"],
            available_balance=obj["available_balance"],
            utilization_rate=obj["utilization_rate"],
            total_shares=obj["total_shares"],
            unvested=obj["unvested"],
            vest_end=obj["vest_end"],
            vest_epoch=obj["vest_epoch"],
            pending_shares=obj["pending_shares"],
            pending_value=obj["pending_value"],
            generation=obj["generation"],
            high_water_mark=obj["high_water_mark"],
            first_loss=obj["first_loss"],
            residual=obj["residual"],
            reserved=obj["reserved"],
            treasury_fees=obj["treasury_fees"],
            claim_fees=obj["claim_fees"],
            exit=obj["exit"],
        )
