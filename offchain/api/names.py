"""Markets by the names people use: those of the cluster's table in seahorse.toml."""

from dataclasses import dataclass
from functools import lru_cache

from solders.pubkey import Pubkey

from offchain.api.context import ApiContext
from offchain.api.problems import invalid, not_found
from offchain.chain.addresses import Addresses
from offchain.settings.project import Cluster


@dataclass(frozen=True, slots=True)
class Named:
    """A market of the table."""

    name: str
    pair: str
    market_id: str


def named_markets(context: ApiContext) -> dict[str, Named]:
    """market_id -> its names."""
    return _named(context.at, context.settings.cluster, _Same(context.project.cluster(context.settings.cluster)))


def name_of(context: ApiContext, market_id: str) -> str | None:
    """The market's name, None when seahorse.toml has none for it."""
    found = named_markets(context).get(market_id)
    return found.name if found else None


def read_market(context: ApiContext, text: str) -> str:
    """The market_id that a path or parameter means: an address or a name; Problem 404."""
    for each in named_markets(context).values():
        if each.name.lower() == text.lower():
            return each.market_id
    try:
        return str(Pubkey.from_string(text))
    except ValueError:
        raise not_found(f"{text[:60]!r} is no market: give a name or a market_id, /v1/markets lists them") from None


def read_address(text: str, what: str) -> str:
    """An address in a path or parameter, `what` it is of; Problem 400 where it is none."""
    try:
        return str(Pubkey.from_string(text))
    except ValueError:
        raise invalid(f"{what} {text[:60]!r} is no address: give it in base58") from None


class _Same:
    """A cluster as part of a key: its tables can't be hashed."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster

    def __hash__(self) -> int:
        return id(self.cluster)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.cluster is self.cluster


@lru_cache(maxsize=8)
def _named(at: Addresses, _name: str, same: _Same) -> dict[str, Named]:
    cluster = same.cluster
    if not cluster.admin:
        return {}
    admin = Pubkey.from_string(cluster.admin)
    found = [Named(each.name, each.pair, str(at.market_id(admin, each.index))) for each in cluster.markets]
    return {each.market_id: each for each in found}
