"""Every movement of the mint's tokens, summed by account and by the instruction that caused it."""

from collections import Counter
from dataclasses import dataclass, field

from solders.pubkey import Pubkey

from offchain.verify.evidence.model import Call, Evidence, Transaction
from offchain.verify.read.programs import Programs
from offchain.verify.read.tokens import CLOSE_ACCOUNT, TOKEN_PROGRAM, Movement, movement, opened
from offchain.verify.replay.problems import Problems


@dataclass(slots=True)
class Flow:
    """One token account's life, in atoms."""

    opening: int = 0
    """What it held before the first transaction that names it."""
    received: int = 0
    sent: int = 0
    minted: int = 0
    burned: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    """Instruction -> what it added (or took, negative)."""

    @property
    def balance(self) -> int:
        """Opening and flows."""
        return self.opening + self.entered - self.left

    @property
    def entered(self) -> int:
        """Received and minted."""
        return self.received + self.minted

    @property
    def left(self) -> int:
        """Sent and burned."""
        return self.sent + self.burned


class Flows:
    """The flows of one mint, from raw token instructions."""

    def __init__(self, mint: Pubkey, programs: Programs, problems: Problems) -> None:
        self.all: dict[Pubkey, Flow] = {}
        self.minted = self.burned = 0
        self._mint = mint
        self._programs = programs
        self._problems = problems

    def play(self, evidence: Evidence) -> None:
        """Sum every transaction, and hold each against the balances that the chain recorded with it."""
        for transaction in evidence.transactions:
            self._enter(transaction)
            if transaction.err is None:
                for call in transaction.calls:
                    self._run(call, "wallet")
            for key, (mint, amount) in transaction.after.items():
                if mint == self._mint:
                    place = f"balance of token account {key} after transaction {transaction.signature}"
                    self._problems.compare(place, self.all[key].balance, amount)

    def _enter(self, transaction: Transaction) -> None:
        for key, (mint, amount) in transaction.before.items():
            if mint == self._mint and key not in self.all:
                self.all[key] = Flow(opening=amount)

    def _run(self, call: Call, cause: str) -> None:
        if call.program in self._programs.names:
            cause = self._cause(call)
        elif call.program == TOKEN_PROGRAM:
            self._token(call, cause)
        for child in call.children:
            self._run(child, cause)

    def _cause(self, call: Call) -> str:
        try:
            said = self._programs.said(call)
        except ValueError:
            said = None
        return f"{said.program}.{said.name}" if said else "unknown"

    def _token(self, call: Call, cause: str) -> None:
        new = opened(call)
        if new is not None and new[1] == self._mint:
            self.all[new[0]] = Flow()
        moved = movement(call)
        if moved is not None:
            self._move(moved, cause)
        if call.data[:1] == bytes([CLOSE_ACCOUNT]) and call.accounts[0] in self.all:
            place = f"token account {call.accounts[0]} at its closing"
            self._problems.compare(place, 0, self.all[call.accounts[0]].balance)

    def _move(self, moved: Movement, cause: str) -> None:
        source = self.all.get(moved.source) if moved.source else None
        destination = self.all.get(moved.destination) if moved.destination else None
        if source is not None:
            source.causes[cause] -= moved.amount
            if destination is not None:
                source.sent += moved.amount
            else:
                source.burned += moved.amount
                self.burned += moved.amount
        if destination is not None:
            destination.causes[cause] += moved.amount
            if source is not None:
                destination.received += moved.amount
            else:
                destination.minted += moved.amount
                self.minted += moved.amount
