from __future__ import annotations
import typing
from dataclasses import dataclass
from construct import Container
from solders.pubkey import Pubkey
from anchorpy.borsh_extension import BorshPubkey
import borsh_construct as borsh


class PinJSON(typing.TypedDict):
    pull_feed: str
    queue: str
    feed_hash: list[int]
    min_samples: int


@dataclass
class Pin:
    layout: typing.ClassVar = borsh.CStruct(
        "pull_feed" / BorshPubkey,
        "queue" / BorshPubkey,
        "feed_hash" / borsh.U8[32],
        "min_samples" / borsh.U8,
    )
    pull_feed: Pubkey
    queue: Pubkey
    feed_hash: list[int]
    min_samples: int

    @classmethod
    def from_decoded(cls, obj: Container) -> "Pin":
        return cls(
            pull_feed=obj.pull_feed,
            queue=obj.queue,
            feed_hash=obj.feed_hash,
            min_samples=obj.min_samples,
        )

    def to_encodable(self) -> dict[str, typing.Any]:
        return {
            "pull_feed": self.pull_feed,
            "queue": self.queue,
            "feed_hash": self.feed_hash,
            "min_samples": self.min_samples,
        }

    def to_json(self) -> PinJSON:
        return {
            "pull_feed": str(self.pull_feed),
            "queue": str(self.queue),
            "feed_hash": self.feed_hash,
            "min_samples": self.min_samples,
        }

    @classmethod
    def from_json(cls, obj: PinJSON) -> "Pin":
        return cls(
            pull_feed=Pubkey.from_string(obj["pull_feed"]),
            queue=Pubkey.from_string(obj["queue"]),
            feed_hash=obj["feed_hash"],
            min_samples=obj["min_samples"],
        )
