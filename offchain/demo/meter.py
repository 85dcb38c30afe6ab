"""Compute units by instruction, read off the logs of every transaction sent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from offchain.chain.addresses import LOCALNET, Addresses

INVOKE_TOP = " invoke [1]"
INSTRUCTION = "Program log: Instruction: "
HUMP = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass
class Units:
    """How often an instruction ran at the top level, and the most it took, CPIs included."""

    count: int = 0
    max: int = 0

    def add(self, units: int) -> None:
        """Count one more."""
        self.count += 1
        self.max = max(self.max, units)


class Meter:
    """Collects units as `program.instruction`; other programs' instructions are left out."""

    def __init__(self, at: Addresses = LOCALNET) -> None:
        self._names = {str(key): name for name, key in at.programs.items()}
        self.by_instruction: dict[str, Units] = {}

    def note(self, name: str, units: int) -> None:
        """Count under a name of one's own."""
        self.by_instruction.setdefault(name, Units()).add(units)

    def read(self, logs: Iterable[str]) -> None:
        """Count every top-level instruction of a successful transaction."""
        prefix = ""
        instruction = ""
        for line in logs:
            if line.endswith(INVOKE_TOP):
                address = line[8 : -len(INVOKE_TOP)]
                name = self._names.get(address)
                prefix = f"Program {address} consumed " if name else ""
                instruction = f"{name}." if name else ""
            elif not prefix:
                continue
            elif instruction.endswith(".") and line.startswith(INSTRUCTION):
                instruction += HUMP.sub("_", line[len(INSTRUCTION) :]).lower()
            elif line.startswith(prefix):
                self.note(instruction, int(line[len(prefix) :].partition(" ")[0]))
                prefix = ""

    def document(self) -> dict[str, dict[str, int]]:
        """`{program.instruction: {count, max}}`, by name."""
        return {name: {"count": u.count, "max": u.max} for name, u in sorted(self.by_instruction.items())}
