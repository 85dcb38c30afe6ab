"""The switch in a mutated binary: one marked word of the ELF says which mutant is active."""

from __future__ import annotations

from pathlib import Path

MARK = 0x6D75_7461_6E74_2D30  # "mutant-0" in ASCII, never a mutant's number

RUST = f"""
#[used]
static ACTIVE_MUTANT: [u64; 2] = [{MARK:#x}, 0];

#[inline(never)]
pub fn active_mutant(number: u64) -> bool {{
    unsafe {{ core::ptr::read_volatile(&ACTIVE_MUTANT[1]) == number }}
}}
"""


def activate(binary: bytes, number: int) -> bytes:
    """Copy of a mutated program in which mutant `number` is active; 0 is the original.

    Raises:
        ValueError: the binary holds no switch, or more than one.
    """
    mark = MARK.to_bytes(8, "little")
    if binary.count(mark) != 1:
        raise ValueError(f"expected one mutation switch in the program, found {binary.count(mark)}")
    at = binary.index(mark) + len(mark)
    return binary[:at] + number.to_bytes(8, "little") + binary[at + 8 :]


def write_active(source: Path, target: Path, number: int) -> None:
    """Write `source` with mutant `number` active to `target`."""
    target.write_bytes(activate(source.read_bytes(), number))
