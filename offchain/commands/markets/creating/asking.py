"""Terms, feed and money: from options, from what was begun on the chain, from a terminal's answers, or by default."""

import sys
from dataclasses import dataclass
from typing import Any

import click

from offchain.admin.venue import Venue
from offchain.chain.units import atoms
from offchain.commands.context import Context
from offchain.creation.begun import agreed, begun_terms, default_of
from offchain.creation.errors import CreationError
from offchain.creation.feeds import Feed, find_feed, pair_names, read_feeds
from offchain.creation.steps import Site
from offchain.creation.terms import TERMS, Term
from offchain.errors import PercosecError

_MONEY = {
    "stake": "First-loss stake in USDC: your own money that pays claims before providers do",
    "house": "USDC that pays winning traders",
    "fund": "USDC for the market's own insurance fund, which pays before your stake",
}


@dataclass(frozen=True)
class Asker:
    """Asks on a terminal; elsewhere it takes defaults, and refuses where there is none."""

    context: Context
    place: Venue
    site: Site
    interactive: bool

    def terms(self, given: dict[str, Any]) -> dict[str, int]:
        """Every term in whole units; TermError names a wrong one, CreationError one that was begun otherwise."""
        begun = begun_terms(self.site)
        return {term.name: self._term(term, given[term.name], begun.get(term.name)) for term in TERMS}

    def feed(self, text: str | None) -> Feed:
        """The price feed; once a market is registered it can only be the registered one."""
        names = pair_names(self.context.cluster.markets, self.context.settings.prices.pairs)
        feeds = read_feeds(self.place.chain, self.place.at, names)
        config = self.site.config
        if config is not None and config.status:
            found = find_feed(feeds, text or str(config.oracle_feed))
            if found.address != config.oracle_feed:
                raise CreationError(
                    f"the market is registered with the feed {config.oracle_feed} already: leave --feed out"
                )
            return found
        if text is None and self.interactive:
            for feed in feeds:
                self.context.console.print(f"  {feed.label}  [dim]{feed.address}[/dim]")
            asked = "Price feed (pair, Pyth id or address)"
            chosen: Feed = self._until_right(asked, None, lambda said: find_feed(feeds, said))
            return chosen
        if text is None:
            raise CreationError(
                f"--feed is missing: choose one of {'; '.join(feed.label for feed in feeds) or 'none yet'}"
            )
        return find_feed(feeds, text)

    def money(self, given: dict[str, Any]) -> dict[str, int]:
        """Atoms by purpose."""
        return {name: self._money(name, given[name]) for name in _MONEY}

    def _money(self, name: str, value: int | None) -> int:
        if value is not None:
            return value
        return int(self._until_right(_MONEY[name], "0", atoms)) if self.interactive else 0

    def _term(self, term: Term, text: str | None, begun: int | None) -> int:
        schedule, parameters = self.place.schedule, self.place.parameters
        if text is not None:
            return agreed(term, term.parse(text, schedule, parameters), begun, schedule)
        if begun is not None:
            return begun
        if self.interactive:
            return self._ask(term, term.default(parameters) if term.default else None)
        return default_of(term, parameters)

    def _ask(self, term: Term, default: int | None) -> int:
        schedule, parameters = self.place.schedule, self.place.parameters
        low, high = term.show_bounds(schedule, parameters)
        shown = None if default is None else term.show(default, schedule)

        def read(said: str) -> int:
            return default if said == shown and default is not None else term.parse(said, schedule, parameters)

        value: int = self._until_right(f"{term.title} ({low} to {high})", shown, read)
        self.context.console.print(f"  [dim]{term.meaning(term.show(value, schedule), parameters)}[/dim]")
        return value

    def _until_right(self, question: str, default: str | None, read: Any) -> Any:
        """Ask again after a wrong answer."""
        while True:
            said = click.prompt(question, default=default, err=True)
            try:
                return read(str(said))
            except PercosecError as error:
                self.context.console.print(f"  [red]{error}[/red]")


def asker(context: Context, place: Venue, site: Site) -> Asker:
    """Interactive on a terminal, unless --yes or --json ask for none."""
    return Asker(context, place, site, sys.stdin.isatty() and not context.yes and not context.as_json)
