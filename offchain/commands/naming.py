"""Markets by the names people use: MARKET is a name of seahorse.toml or a market_id."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.commands.context import Context
from offchain.errors import PercosecError


@dataclass(frozen=True)
class Named:
    """A market of the cluster's table in seahorse.toml."""

    name: str
    pair: str
    market_id: Pubkey


def named_markets(context: Context) -> list[Named]:
    """The cluster's markets by name; their creator is the cluster's admin."""
    cluster = context.cluster
    if not cluster.admin:
        return []
    admin = Pubkey.from_string(cluster.admin)
    return [Named(each.name, each.pair, context.at.market_id(admin, each.index)) for each in cluster.markets]


def find_market(context: Context, text: str) -> Pubkey:
    """The market_id that MARKET means; PercosecError lists the names when it means none."""
    known = named_markets(context)
    for each in known:
        if each.name.lower() == text.lower():
            return each.market_id
    try:
        return Pubkey.from_string(text)
    except ValueError:
        names = ", ".join(each.name for each in known) or "none has a name"
        raise PercosecError(
            f"there is no market {text[:60]!r} on {context.settings.cluster}: give a name ({names}) or a market_id, "
            "percosec markets list shows them"
        ) from None


def name_of(context: Context, market_id: Pubkey) -> str | None:
    """The market's name, None when seahorse.toml has none for it."""
    return next((each.name for each in named_markets(context) if each.market_id == market_id), None)


def pair_of(context: Context, market_id: Pubkey) -> str | None:
    """What the market's price is of, None when seahorse.toml does not say."""
    return next((each.pair for each in named_markets(context) if each.market_id == market_id), None)


def label_of(context: Context, market_id: Pubkey) -> str:
    """The name, or the market_id itself."""
    return name_of(context, market_id) or str(market_id)
