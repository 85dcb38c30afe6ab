"""What a power is: an instruction that one role alone may sign, and everything that people should know of it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses

GOVERNED = ("risk_engine", "premium_manager", "insurance_pool", "insolvency_handler")
"""The programs whose config names an admin and a guardian."""

Values = dict[str, Any]
"""Argument -> value: a Pubkey, an integer or a text."""


class Role(Enum):
    """Who may sign; the value is the field of the program's config that names the key."""

    ADMIN = "admin"
    PROPOSED = "pending_admin"
    GUARDIAN = "guardian"
    TREASURY = "treasury"
    ANYONE = ""

    @property
    def words(self) -> str:
        """The role in a sentence."""
        return {"pending_admin": "proposed admin", "": "anyone"}.get(self.value, self.value)


class Moves(Enum):
    """How a field can differ between plan and landing without being another plan."""

    FIXED = "fixed"
    """Not at all."""
    SECONDS = "seconds"
    """A time counted from when the transaction lands."""
    EPOCHS = "epochs"
    """An epoch counted from when the transaction lands."""
    FLOW = "flow"
    """An amount that moves by itself as well; when it lands it must have fallen, or have risen as far as planned."""
    SHOWN = "shown"
    """An amount that everybody moves: it is shown and never compared."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that a power changes."""

    account: str
    """The account as the program's IDL names it."""
    name: str
    moves: Moves = Moves.FIXED
    replaces: str = ""
    """Field of the same account that it is to replace one day."""

    def __str__(self) -> str:
        return f"{self.account}.{self.name}"


@dataclass(frozen=True, slots=True)
class Argument:
    """What the user says; an option of the command."""

    name: str
    kind: str
    """How the text is read: see `offchain.admin.arguments.READERS`."""
    help: str
    default: str = ""
    """Where it comes from when left out: see `offchain.admin.arguments.DEFAULTS`; empty: it must be given."""


Builder = Callable[[Pubkey, Values, Addresses], list[Instruction]]
"""Signer, arguments, addresses -> the instructions; the first one is the power's own."""


@dataclass(frozen=True, slots=True)
class Power:
    """One power; `offchain.admin.powers` holds them all."""

    name: str
    """As a command."""
    programs: tuple[str, ...]
    """Programs that have it: the same instruction in each."""
    instruction: str
    role: Role
    signer: str
    """The signing account as the IDL names it."""
    changes: tuple[Field, ...]
    sentence: str
    """What it does."""
    cannot: str
    """What stays out of its reach."""
    effect: str
    """When it works, in words; `starts`, `ends` and `due` give the moment."""
    build: Builder
    arguments: tuple[Argument, ...] = ()
    rests: tuple[Field, ...] = ()
    """Fields it reads without changing them: a plan rests on them too."""
    starts: Field | None = None
    """Field that holds the epoch from which it works; None: at once."""
    ends: Field | None = None
    """Field that holds the second at which it ends by itself; None: never."""
    due: Field | None = None
    """Field that holds the moment before which it is refused."""

    def program_of(self, values: Values) -> tuple[str, ...]:
        """The programs that are meant: all of them, or the one named in the arguments."""
        named = values.get("program", "all")
        return self.programs if named == "all" else (str(named),)
