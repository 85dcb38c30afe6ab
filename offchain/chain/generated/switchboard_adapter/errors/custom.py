import typing
from anchorpy.error import ProgramError


class Program(ProgramError):
    def __init__(self) -> None:
        super().__init__(6000, "E_PROGRAM: pass the risk engine's own program")

    code = 6000
    name = "Program"
    msg = "E_PROGRAM: pass the risk engine's own program"


class Admin(ProgramError):
    def __init__(self) -> None:
        super().__init__(6001, "E_ADMIN: sign with the admin of the risk engine")

    code = 6001
    name = "Admin"
    msg = "E_ADMIN: sign with the admin of the risk engine"


class Oracle(ProgramError):
    def __init__(self) -> None:
        super().__init__(6002, "E_ORACLE: pass an account of the oracle's own program")

    code = 6002
    name = "Oracle"
    msg = "E_ORACLE: pass an account of the oracle's own program"


class Layout(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6003,
            "E_LAYOUT: pass an account of the type and length that the oracle publishes prices in",
        )

    code = 6003
    name = "Layout"
    msg = "E_LAYOUT: pass an account of the type and length that the oracle publishes prices in"


class Unverified(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6004, "E_UNVERIFIED: pass a price update with full verification"
        )

    code = 6004
    name = "Unverified"
    msg = "E_UNVERIFIED: pass a price update with full verification"


class Feed(ProgramError):
    def __init__(self) -> None:
        super().__init__(6005, "E_FEED: pass the price of this feed")

    code = 6005
    name = "Feed"
    msg = "E_FEED: pass the price of this feed"


class Exponent(ProgramError):
    def __init__(self) -> None:
        super().__init__(6006, "E_EXPONENT: this price has an exponent out of range")

    code = 6006
    name = "Exponent"
    msg = "E_EXPONENT: this price has an exponent out of range"


class Price(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6007, "E_PRICE: wait for a price above 0 that fits the risk engine"
        )

    code = 6007
    name = "Price"
    msg = "E_PRICE: wait for a price above 0 that fits the risk engine"


class PriceAhead(ProgramError):
    def __init__(self) -> None:
        super().__init__(6008, "E_PRICE_AHEAD: wait until the publish time has come")

    code = 6008
    name = "PriceAhead"
    msg = "E_PRICE_AHEAD: wait until the publish time has come"


class PriceStale(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6009,
            "E_PRICE_STALE: update the oracle's account first, its price is too old",
        )

    code = 6009
    name = "PriceStale"
    msg = "E_PRICE_STALE: update the oracle's account first, its price is too old"


class Confidence(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6010,
            "E_CONFIDENCE: wait for a confidence interval within a tenth of the price",
        )

    code = 6010
    name = "Confidence"
    msg = "E_CONFIDENCE: wait for a confidence interval within a tenth of the price"


class Samples(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6011, "E_SAMPLES: wait until enough of the oracle's nodes agree on a price"
        )

    code = 6011
    name = "Samples"
    msg = "E_SAMPLES: wait until enough of the oracle's nodes agree on a price"


class Rules(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6012, "E_RULES: the admin has to set the rules of this feed first"
        )

    code = 6012
    name = "Rules"
    msg = "E_RULES: the admin has to set the rules of this feed first"


class Changed(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6013,
            "E_CHANGED: the oracle's feed is no longer what the admin looked at, the admin has to set its rules again",
        )

    code = 6013
    name = "Changed"
    msg = "E_CHANGED: the oracle's feed is no longer what the admin looked at, the admin has to set its rules again"


class Override(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6014,
            "E_OVERRIDE: this feed lets its owner write prices by hand, choose another",
        )

    code = 6014
    name = "Override"
    msg = "E_OVERRIDE: this feed lets its owner write prices by hand, choose another"


class Second(ProgramError):
    def __init__(self) -> None:
        super().__init__(
            6015, "E_SECOND: pass the account of this feed's second opinion"
        )

    code = 6015
    name = "Second"
    msg = "E_SECOND: pass the account of this feed's second opinion"


class Divergence(ProgramError):
    def __init__(self) -> None:
        super().__init__(6016, "E_DIVERGENCE: wait until both oracles agree")

    code = 6016
    name = "Divergence"
    msg = "E_DIVERGENCE: wait until both oracles agree"


CustomError = typing.Union[
    Program,
    Admin,
    Oracle,
    Layout,
    Unverified,
    Feed,
    Exponent,
    Price,
    PriceAhead,
    PriceStale,
    Confidence,
    Samples,
    Rules,
    Changed,
    Override,
    Second,
    Divergence,
]
CUSTOM_ERROR_MAP: dict[int, CustomError] = {
    6000: Program(),
    6001: Admin(),
    6002: Oracle(),
    6003: Layout(),
    6004: Unverified(),
    6005: Feed(),
    6006: Exponent(),
    6007: Price(),
    6008: PriceAhead(),
    6009: PriceStale(),
    6010: Confidence(),
    6011: Samples(),
    6012: Rules(),
    6013: Changed(),
    6014: Override(),
    6015: Second(),
    6016: Divergence(),
}


def from_code(code: int) -> typing.Optional[CustomError]:
    maybe_err = CUSTOM_ERROR_MAP.get(code)
    if maybe_err is None:
        return None
    return maybe_err
