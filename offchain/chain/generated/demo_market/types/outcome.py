from __future__ import annotations
import typing
from dataclasses import dataclass
from construct import Container
import borsh_construct as borsh


class OutcomeJSON(typing.TypedDict):
    price: int
    equity: int
    keeper: int
    to_fund: int
    to_trader: int
    deficit: int
    fund_paid: int
    counted: int
    excess: int


@dataclass
class Outcome:
    layout: typing.ClassVar = borsh.CStruct(
        "price" / borsh.U64,
        "equity" / borsh.I64,
        "keeper" / borsh.U64,
        "to_fund" / borsh.U64,
        "to_trader" / borsh.U64,
        "deficit" / borsh.U64,
        "fund_paid" / borsh.U64,
        "counted" / borsh.U64,
        "excess" / borsh.U64,
    )
    price: int
    equity: int
    keeper: int
    to_fund: int
    to_trader: int
    deficit: int
    fund_paid: int
    counted: int
    excess: int

    @classmethod
    def from_decoded(cls, obj: Container) -> "Outcome":
        return cls(
            price=obj.price,
            equity=obj.equity,
            keeper=obj.keeper,
            to_fund=obj.to_fund,
            to_trader=obj.to_trader,
            deficit=obj.deficit,
            fund_paid=obj.fund_paid,
            counted=obj.counted,
            excess=obj.excess,
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "price": self.price,
            "equity": self.equity,
            "keeper": self.keeper,
            "to_fund": self.to_fund,
            "to_trader": self.to_trader,
            "deficit": self.deficit,
            "fund_paid": self.fund_paid,
            "counted": self.counted,
            "excess": self.excess,
        }

    def to_json(self) -> OutcomeJSON:
        return {
            "price": self.price,
            "equity": self.equity,
            "keeper": self.keeper,
            "to_fund": self.to_fund,
            "to_trader": self.to_trader,
            "deficit": self.deficit,
            "fund_paid": self.fund_paid,
            "counted": self.counted,
            "excess": self.excess,
        }

    @classmethod
    def from_json(cls, obj: OutcomeJSON) -> "Outcome":
        return cls(
            price=obj["price"],
            equity=obj["equity"],
            keeper=obj["keeper"],
            to_fund=obj["to_fund"],
            to_trader=obj["to_trader"],
            deficit=obj["deficit"],
            fund_paid=obj["fund_paid"],
            counted=obj["counted"],
            excess=obj["excess"],
        )
