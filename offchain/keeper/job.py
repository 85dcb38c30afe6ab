"""One thing that is due: what to send for it, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from solders.instruction import Instruction
from solders.pubkey import Pubkey

Steps = tuple[Instruction, ...]
"""The instructions of one transaction."""


class Lane(StrEnum):
    """Jobs of one lane never wait for those of the other."""

    URGENT = "urgent"
    """Somebody loses money while it waits."""
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Job:
    """Due now, for one market (or one price feed)."""

    duty: str
    subject: Pubkey
    """The market, or the feed of a price."""
    key: str
    """The same for the same thing due, whoever finds it: two of them never run at once, and a refused one rests."""
    variants: tuple[Steps, ...]
    """Transactions that would do, the best one first; the first that fits the network and passes simulation is sent."""
    lane: Lane = Lane.ROUTINE
    always: bool = False
    """Done also where it costs more than it brings and unprofitable duties are skipped."""
    weight: int = 0
    """Among jobs of one lane the heavier goes first; atoms at stake."""

    @property
    def group(self) -> tuple[Lane, Pubkey]:
        """Only one job of a group is under way at a time: the next one depends on what it changes."""
        return self.lane, self.subject


def shrinking(*variants: list[Instruction]) -> tuple[Steps, ...]:
    """Variants without repetitions and empty ones."""
    return tuple(_unique(variants))


def _unique(variants: tuple[list[Instruction], ...]) -> Iterator[Steps]:
    seen: list[Steps] = []
    for steps in variants:
        if steps and tuple(steps) not in seen:
            seen.append(tuple(steps))
            yield tuple(steps)
