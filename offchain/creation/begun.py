"""What a creator has begun already: it can be completed, and not contradicted."""

from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.creation.errors import CreationError, TermError
from offchain.creation.steps import Site, survey
from offchain.creation.terms import TERMS, Term
from offchain.settings.parameters import Parameters

OF_PERP = ("depth", "trading_fee_bps", "maintenance_bps", "liquidation_fee_bps")
"""Terms that the market's own account holds; the others stand in the risk engine's from the registration on."""


def newest_index(chain: Chain, at: Addresses, creator: Pubkey) -> int:
    """The creator's newest market number, 0 where there is none yet.

    Never one more: a request that is repeated must not create a second market with a second stake.
    """
    newest = 0
    while survey(chain, at, at.market_id(creator, newest + 1)).perp is not None:
        newest += 1
    return newest


def begun_terms(site: Site) -> dict[str, int]:
    """The terms that are on the chain already."""
    perp, config = site.perp, site.config
    found = {name: getattr(perp, name) for name in OF_PERP} if perp else {}
    if config is not None and config.status:
        names = [term.name for term in TERMS if term.name not in OF_PERP]
        found |= {name: getattr(config, name) for name in names}
    return found


def agreed(term: Term, value: int, begun: int | None, schedule: Schedule) -> int:
    """The value, unless the market was begun with another one: CreationError."""
    if begun not in (None, value):
        raise CreationError(
            f"this market was begun with {term.option} {term.show(begun or 0, schedule)}: leave the option out, or "
            "make another market with another --index"
        )
    return value


def default_of(term: Term, parameters: Parameters) -> int:
    """The term's default; TermError where the creator must choose."""
    if term.default is None:
        raise TermError(f"{term.option} is missing, choose it. {term.meaning('so much', parameters)}")
    return term.default(parameters)
