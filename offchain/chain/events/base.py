"""What every event class has in common; the classes themselves are generated from the IDLs."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from offchain.chain.codec import Record


@dataclass(frozen=True, slots=True)
class Event(Record):
    """Base of the generated event classes."""

    PROGRAM: ClassVar[str]
    """Name of the program that emits it."""
    DISCRIMINATOR: ClassVar[bytes]
    """First eight bytes of sha256("event:NAME")."""

    @classmethod
    def decode(cls, body: bytes) -> Self:
        """The event from the bytes after its discriminator; ValueError when their number is wrong."""
        if len(body) != cls.LAYOUT.size:
            raise ValueError(f"{cls.__name__} has {cls.LAYOUT.size} bytes, not {len(body)}")
        fields: list[Any] = cls.LAYOUT.read(body)
        return cls(*fields)
