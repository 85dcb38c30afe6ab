"""Which of a provider's positions in a market is meant."""

from collections.abc import Callable

import click
from solders.pubkey import Pubkey

from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.commands.snapshot import Snapshot
from offchain.errors import PercosecError

entry_option = click.option(
    "--entry", type=click.IntRange(0), metavar="EPOCH", help="The position by its epoch of entry, where there are more."
)


def choose(
    snapshot: Snapshot,
    market_id: Pubkey,
    provider: Pubkey,
    entry: int | None,
    wanted: Callable[[ProviderPosition], bool],
    what: str,
) -> ProviderPosition:
    """The provider's one position that is wanted, or the one of `entry`; PercosecError when that is not clear."""
    market = snapshot.directory.market(market_id)
    held = [each for each in market.providers.values() if each.provider == provider] if market else []
    if entry is not None:
        chosen = [each for each in held if each.entry_epoch == entry]
        if not chosen:
            raise PercosecError(f"there is no position with entry {entry}: percosec positions shows those there are")
        return chosen[0]
    chosen = [each for each in held if wanted(each)]
    if not chosen:
        raise PercosecError(f"there is no position {what} in this market: percosec positions shows those there are")
    if len(chosen) > 1:
        entries = ", ".join(str(each.entry_epoch) for each in sorted(chosen, key=lambda one: one.entry_epoch))
        raise PercosecError(f"there are {len(chosen)} positions {what}: choose one with --entry ({entries})")
    return chosen[0]
