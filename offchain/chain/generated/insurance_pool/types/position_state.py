from __future__ import annotations
import typing
from dataclasses import dataclass
from construct import Container
import borsh_construct as borsh


class PositionStateJSON(typing.TypedDict):
    deposited_amount: int
    shares: int
    entry_epoch: int
    unlock_epoch: int
    generation: int
    requested_shares: int
    request_value: int
    request_fee_bps: int
    request_epoch: int


@dataclass
class PositionState:
    layout: typing.ClassVar = borsh.CStruct(
        "deposited_amount" / borsh.U64,
        "shares" / borsh.U64,
        "entry_epoch" / borsh.U64,
        "unlock_epoch" / borsh.U64,
        "generation" / borsh.U64,
        "requested_shares" / borsh.U64,
        "request_value" / borsh.U64,
        "request_fee_bps" / borsh.U64,
        "request_epoch" / borsh.U64,
    )
    deposited_amount: int
    shares: int
    entry_epoch: int
    unlock_epoch: int
    generation: int
    requested_shares: int
    request_value: int
    request_fee_bps: int
    request_epoch: int

    @classmethod
    def from_decoded(cls, obj: Container) -> "PositionState":
        return cls(
            deposited_amount=obj.deposited_amount,
            shares=obj.shares,
            entry_epoch=obj.entry_epoch,
            unlock_epoch=obj.unlock_epoch,
            generation=obj.generation,
            requested_shares=obj.requested_shares,
            request_value=obj.request_value,
            request_fee_bps=obj.request_fee_bps,
            request_epoch=obj.request_epoch,
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "deposited_amount": self.deposited_amount,
            "shares": self.shares,
            "entry_epoch": self.entry_epoch,
            "unlock_epoch": self.unlock_epoch,
            "generation": self.generation,
            "requested_shares": self.requested_shares,
            "request_value": self.request_value,
            "request_fee_bps": self.request_fee_bps,
            "request_epoch": self.request_epoch,
        }

    def to_json(self) -> PositionStateJSON:
        return {
            "deposited_amount": self.deposited_amount,
            "shares": self.shares,
            "entry_epoch": self.entry_epoch,
            "unlock_epoch": self.unlock_epoch,
            "generation": self.generation,
            "requested_shares": self.requested_shares,
            "request_value": self.request_value,
            "request_fee_bps": self.request_fee_bps,
            "request_epoch": self.request_epoch,
        }

    @classmethod
    def from_json(cls, obj: PositionStateJSON) -> "PositionState":
        return cls(
            deposited_amount=obj["deposited_amount"],
            shares=obj["shares"],
            entry_epoch=obj["entry_epoch"],
            unlock_epoch=obj["unlock_epoch"],
            generation=obj["generation"],
            requested_shares=obj["requested_shares"],
            request_value=obj["request_value"],
            request_fee_bps=obj["request_fee_bps"],
            request_epoch=obj["request_epoch"],
        )
