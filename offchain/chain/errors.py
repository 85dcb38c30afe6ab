"""Failed transactions as exceptions with a stable code and a sentence that helps.

An `E_CODE` comes from our programs: an assert in Seahorse, an Anchor error in an adapter. The other codes
(`ACCOUNT_...`, `TOKEN_...`, `OVERFLOW`, `UNITS`, `REFUSED`...) are ours for what the runtime, Anchor and the token
program say.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, NATIVE_PROGRAMS, SYSTEM_PROGRAM, TOKEN_PROGRAM, Addresses
from offchain.chain.advice import ADVICE, ANCHOR, HELP, PANICS, RUNTIME, SYSTEM, TOKEN
from offchain.chain.logs import LogsTruncated, walk
from offchain.errors import PercosecError

ASSERT = re.compile(r"panicked at .*?(E_[A-Z0-9_]+)(?:: ([^\n']*))?", re.DOTALL)
ANCHOR_ERROR = re.compile(
    r"AnchorError .*Error Code: (\w+)\. Error Number: (\d+)\. Error Message: (.*?)\.?$", re.DOTALL
)
OWN_WORDS = re.compile(r"(E_[A-Z0-9_]+): (.*)", re.DOTALL)
"""How the adapters' own errors read inside an Anchor error."""
CUSTOM = re.compile(r"custom program error: (0x[0-9a-f]+)")
INSTRUCTION = "Instruction: "


class ProgramError(PercosecError):
    """A transaction failed, or would; nothing has changed on the chain but the fee that a landed one pays."""

    def __init__(self, cause: "Cause", advice: str, logs: Sequence[str]) -> None:
        where = f" ({cause.program}.{cause.instruction})" if cause.program and cause.instruction else ""
        super().__init__(f"{cause.code}: {cause.message}{where}{f'. {advice}' if advice else ''}")
        self.code = cause.code
        """Stable code, such as E_LOCKED."""
        self.message = cause.message
        """What the program said."""
        self.program = cause.program
        """Name of the program that failed, or its address when it is none of ours; None before any ran."""
        self.instruction = cause.instruction
        """Its instruction in snake case, where known."""
        self.advice = advice
        """What to do."""
        self.logs = list(logs)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a transaction failed."""

    code: str
    message: str
    program: str | None
    instruction: str | None


def program_error(err: Any, logs: Sequence[str], at: Addresses = LOCALNET) -> ProgramError:
    """The exception for a failed transaction: `err` is Solana's TransactionError as JSON, `logs` may be incomplete."""
    cause = find_cause(err, logs, at)
    return ProgramError(cause, ADVICE.get(cause.code) or HELP.get(cause.code, ""), logs)


def find_cause(err: Any, logs: Sequence[str], at: Addresses = LOCALNET) -> Cause:
    """The innermost program that failed, and the reason in its own words."""
    failure = _read(logs)
    if failure is None:
        return _runtime(err, None, None)
    program, instruction = failure.caller(at)
    for text in reversed(failure.said):
        if found := ASSERT.match(text):
            return Cause(found[1], found[2] or found[1], program, instruction)
        if found := ANCHOR_ERROR.match(text):
            if own := OWN_WORDS.match(found[3]):
                return Cause(own[1], own[2], program, instruction)
            code = ANCHOR[int(found[2])][0] if int(found[2]) in ANCHOR else f"ANCHOR_{found[2]}"
            return Cause(code, f"{found[3]} ({_account(text)}{found[1]})", program, instruction)
        for words, (code, _) in PANICS.items():
            if text.startswith("panicked at") and words in text:
                return Cause(code, words, program, instruction)
    native = _native(failure)
    if native is not None:
        return Cause(*native, program, instruction)
    return _runtime(err, program, instruction, failure.reason)


@dataclass(frozen=True, slots=True)
class _Failure:
    """The innermost program that failed, the programs above it, and what each said in that invocation."""

    reason: str
    frames: list[tuple[Pubkey, list[str]]]

    @property
    def program(self) -> Pubkey:
        return self.frames[-1][0]

    @property
    def said(self) -> list[str]:
        return self.frames[-1][1]

    def caller(self, at: Addresses) -> tuple[str, str | None]:
        """Program and instruction of the innermost frame that names one: system and token calls do not."""
        for program, said in reversed(self.frames):
            for text in said:
                if text.startswith(INSTRUCTION) and program not in NATIVE_PROGRAMS:
                    name = re.sub(r"(?<!^)([A-Z])", r"_\1", text[len(INSTRUCTION) :]).lower()
                    return at.name_of(program) or str(program), name
        return at.name_of(self.program) or str(self.program), None


def _read(logs: Sequence[str]) -> _Failure | None:
    frames: list[tuple[Pubkey, list[str]]] = []
    try:
        for line in walk(logs):
            if line.kind == "invoke":
                frames.append((line.program, []))
            elif line.kind == "log":
                frames[-1][1].append(line.text)
            elif line.kind == "success":
                frames.pop()
            elif line.kind == "failed":
                return _Failure(line.text, frames)
    except LogsTruncated:
        pass
    return _Failure("", frames) if frames else None


def _account(text: str) -> str:
    found = re.match(r"AnchorError caused by account: (\w+)\.", text)
    return f"account {found[1]}: " if found else ""


def _native(failure: _Failure) -> tuple[str, str] | None:
    """Code and message of the system or the token program, which give numbers only."""
    table = {SYSTEM_PROGRAM: SYSTEM, TOKEN_PROGRAM: TOKEN}.get(failure.program)
    found = CUSTOM.search(failure.reason)
    if table is None or not found or int(found[1], 16) not in table:
        return None
    name = "system program" if failure.program == SYSTEM_PROGRAM else "token program"
    said = failure.said[-1] if failure.said else "refused"
    return table[int(found[1], 16)][0], f"{name}: {said}"


def _runtime(err: Any, program: str | None, instruction: str | None, reason: str = "") -> Cause:
    """Errors of the runtime, by the name Solana gives them or the words of its last log line."""
    name = err
    if isinstance(err, dict) and "InstructionError" in err:
        name = err["InstructionError"][1]
    if isinstance(name, dict):
        name = next((f"{key} {value}" for key, value in name.items()), "unknown")
    text = f"{name} ({reason})" if reason else str(name)
    for words, (code, _) in RUNTIME.items():
        if words in text:
            return Cause(code, text, program, instruction)
    return Cause("FAILED", text, program, instruction)
