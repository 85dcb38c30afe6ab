"""What clients send, read strictly."""

from solders.pubkey import Pubkey

from offchain.api.context import ApiContext
from offchain.api.names import read_market
from offchain.api.problems import Problem, invalid
from offchain.chain.units import U64_MAX

REFUSED = 422


def key(text: str, name: str) -> Pubkey:
    """A public key; Problem 400 names the field."""
    try:
        return Pubkey.from_string(text)
    except ValueError:
        raise invalid(f"{name} is no public key: give the 32 bytes in base58", "invalid_key") from None


def market_key(context: ApiContext, text: str) -> Pubkey:
    """A market by name or address; Problem 404 where it is neither."""
    return Pubkey.from_string(read_market(context, text))


def whole(text: str, name: str) -> int:
    """An integer of 64 bits above zero; Problem 400 or 422 names the field."""
    try:
        number = int(text)
    except ValueError:
        raise invalid(f"{name} is no decimal integer: give atoms, 1 USDC is 1000000", "invalid_amount") from None
    if not 0 < number <= U64_MAX:
        raise refused("E_AMOUNT", f"{name} must be above zero and at most {U64_MAX}: choose another one")
    return number


def refused(code: str, detail: str) -> Problem:
    """422: the chain would refuse it, or it would hurt the user."""
    return Problem(REFUSED, code, detail)
