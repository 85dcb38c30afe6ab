"""Token amounts as the RPC interface writes them."""

from decimal import Decimal

from offchain.localnet.errors import Json


def ui_amount(amount: int, decimals: int) -> dict[str, Json]:
    """`amount` in atoms, exact as text; `uiAmount` is a float, as the interface wants it, for display."""
    exact = Decimal(amount).scaleb(-decimals)
    text = f"{exact:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return {
        "amount": str(amount),
        "decimals": decimals,
        "uiAmount": float(exact),
        "uiAmountString": text,
    }
