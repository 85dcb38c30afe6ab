"""Sending transactions for the demo's actors: each is measured, and its events come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from solders.instruction import Instruction
from solders.signature import Signature

from offchain.chain.backends.base import Chain
from offchain.chain.errors import ProgramError
from offchain.chain.events.base import Event
from offchain.chain.events.parse import parse_events
from offchain.chain.transactions import send
from offchain.demo.meter import Meter
from offchain.demo.wallets import Wallet


@dataclass(frozen=True, slots=True)
class Receipt:
    """A transaction that succeeded."""

    signature: Signature
    units: int
    logs: list[str]

    @property
    def events(self) -> list[Event]:
        """Its events, in order."""
        return parse_events(self.logs).events


class Session:
    """One chain, one meter; the same for everyone who takes part."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.meter = Meter()
        self.sent = 0

    def send(self, payer: Wallet, *instructions: Instruction, also: Sequence[Wallet] = ()) -> Receipt:
        """Send and wait; raises ProgramError when it fails."""
        outcome = send(self.chain, instructions, [payer.keypair, *(wallet.keypair for wallet in also)])
        self.sent += 1
        self.meter.read(outcome.logs)
        return Receipt(outcome.signature, outcome.units, outcome.logs)

    def attempt(self, payer: Wallet, *instructions: Instruction) -> Receipt | ProgramError:
        """The same for what the chain may refuse: then the refusal is the answer."""
        try:
            return self.send(payer, *instructions)
        except ProgramError as error:
            return error
