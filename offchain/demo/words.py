"""Amounts as the story tells them: to the cent, as a screen is narrow. The result has every atom."""

from offchain.chain.units import ATOMS, format_usdc

ATOM_DIGITS_BELOW_A_CENT = 4
CENT = ATOMS // 100


def usdc(atoms: int) -> str:
    """Atoms -> `1,234.56 USDC`, rounded down, toward minus infinity; an atom is `<0.01 USDC`."""
    return f"<{_cents(1)}" if 0 < atoms < CENT else _cents(atoms // CENT)


def lost(atoms: int) -> str:
    """Atoms that somebody pays or loses, likewise but rounded up."""
    return _cents(-(-atoms // CENT))


def _cents(count: int) -> str:
    return f"{format_usdc(count * CENT)[:-ATOM_DIGITS_BELOW_A_CENT]} USDC"
