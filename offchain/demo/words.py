"""Amounts as the story tells them: to the cent, as a screen is narrow. The result has every atom."""

from offchain.chain.units import format_usdc

ATOM_DIGITS_BELOW_A_CENT = 4


def usdc(atoms: int) -> str:
    """Atoms -> `1,234.56 USDC`, rounded toward zero."""
    return f"{format_usdc(atoms)[:-ATOM_DIGITS_BELOW_A_CENT]} USDC"
