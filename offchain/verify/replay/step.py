"""One instruction of one of the programs, in its transaction."""

from dataclasses import dataclass, field

from solders.pubkey import Pubkey

from offchain.verify.evidence.model import Call, Transaction
from offchain.verify.read.programs import Said
from offchain.verify.read.tokens import Movement, movement


@dataclass(slots=True)
class Step:
    """An instruction; `expected` collects the token transfers that follow from the replay."""

    said: Said
    call: Call
    transaction: Transaction
    expected: list[Movement] = field(default_factory=list)

    @property
    def place(self) -> str:
        """For messages: where this is."""
        return f"{self.said.program}.{self.said.name} in transaction {self.transaction.signature}"

    @property
    def now(self) -> int:
        """The clock that the program read."""
        return self.transaction.time

    def at(self, name: str) -> Pubkey:
        """One of its accounts."""
        return self.said.accounts[name]

    def number(self, name: str) -> int:
        """One of its integer or bool arguments."""
        return int(self.said.arguments[name])

    def expect(self, source: str, destination: str, amount: int) -> None:
        """It has to transfer this much between two of its accounts."""
        self.expected.append(Movement(self.at(source), self.at(destination), amount))

    @property
    def moved(self) -> list[Movement]:
        """The token transfers that it made itself."""
        movements = (movement(child) for child in self.call.children)
        return [one for one in movements if one is not None]
