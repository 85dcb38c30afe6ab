from __future__ import annotations
import typing
from dataclasses import dataclass
from construct import Container
import borsh_construct as borsh


class CloseJSON(typing.TypedDict):
    price: int
    fee: int
    principal: int
    profit: int
    shortfall: int


@dataclass
class Close:
    layout: typing.ClassVar = borsh.CStruct(
        "price" / borsh.U64,
        "fee" / borsh.U64,
        "principal" / borsh.U64,
        "profit" / borsh.U64,
        "shortfall" / borsh.U64,
    )
    price: int
    fee: int
    principal: int
    profit: int
    shortfall: int

    @classmethod
    def from_decoded(cls, obj: Container) -> "Close":
        return cls(
            price=obj.price,
            fee=obj.fee,
            principal=obj.principal,
            profit=obj.profit,
            shortfall=obj.shortfall,
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "price": self.price,
            "fee": self.fee,
            "principal": self.principal,
            "profit": self.profit,
            "shortfall": self.shortfall,
        }

    def to_json(self) -> CloseJSON:
        return {
            "price": self.price,
            "fee": self.fee,
            "principal": self.principal,
            "profit": self.profit,
            "shortfall": self.shortfall,
        }

    @classmethod
    def from_json(cls, obj: CloseJSON) -> "Close":
        return cls(
            price=obj["price"],
            fee=obj["fee"],
            principal=obj["principal"],
            profit=obj["profit"],
            shortfall=obj["shortfall"],
        )
