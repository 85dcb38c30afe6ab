from __future__ import annotations
import typing
from dataclasses import dataclass
from construct import Container
import borsh_construct as borsh


class SettlementJSON(typing.TypedDict):
    burned: int
    out: int
    gross: int
    fee: int
    net: int


@dataclass
class Settlement:
    layout: typing.ClassVar = borsh.CStruct(
        "burned" / borsh.U64,
        "out" / borsh.U64,
        "gross" / borsh.U64,
        "fee" / borsh.U64,
        "net" / borsh.U64,
    )
    burned: int
    out: int
    gross: int
    fee: int
    net: int

    @classmethod
    def from_decoded(cls, obj: Container) -> "Settlement":
        return cls(
            burned=obj.burned, out=obj.out, gross=obj.gross, fee=obj.fee, net=obj.net
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "burned": self.burned,
            "out": self.out,
            "gross": self.gross,
            "fee": self.fee,
            "net": self.net,
        }

    def to_json(self) -> SettlementJSON:
        return {
            "burned": self.burned,
            "out": self.out,
            "gross": self.gross,
            "fee": self.fee,
            "net": self.net,
        }

    @classmethod
    def from_json(cls, obj: SettlementJSON) -> "Settlement":
        return cls(
            burned=obj["burned"],
            out=obj["out"],
            gross=obj["gross"],
            fee=obj["fee"],
            net=obj["net"],
        )
