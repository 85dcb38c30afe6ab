from __future__ import annotations
from . import pool_state
import typing
from dataclasses import dataclass
from construct import Container
from solders.pubkey import Pubkey
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh


class MomentJSON(typing.TypedDict):
    actor: str
    epoch: int
    slot: int
    pool_before: pool_state.PoolStateJSON


@dataclass
class Moment:
    layout: typing.ClassVar = borsh.CStruct(
        "actor" / BorshPubkey,
        "epoch" / borsh.U64,
        "slot" / borsh.U64,
        "pool_before" / pool_state.PoolState.layout,
    )
    actor: Pubkey
    epoch: int
    slot: int
    pool_before: pool_state.PoolState

    @classmethod
    def from_decoded(cls, obj: Container) -> "Moment":
        return cls(
            actor=obj.actor,
            epoch=obj.epoch,
            slot=obj.slot,
            pool_before=pool_state.PoolState.from_decoded(obj.pool_before),
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "actor": self.actor,
            "epoch": self.epoch,
            "slot": self.slot,
            "pool_before": self.pool_before.to_encodable(),
        }

    def to_json(self) -> MomentJSON:
        return {
            "actor": str(self.actor),
            "epoch": self.epoch,
            "slot": self.slot,
            "pool_before": self.pool_before.to_json(),
        }

    @classmethod
    def from_json(cls, obj: MomentJSON) -> "Moment":
        return cls(
            actor=Pubkey.from_string(obj["actor"]),
            epoch=obj["epoch"],
            slot=obj["slot"],
            pool_before=pool_state.PoolState.from_json(obj["pool_before"]),
        )
