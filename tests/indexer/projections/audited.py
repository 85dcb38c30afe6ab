"""The events of a chain in this process, in their order, and a projector that took them."""

from collections.abc import Iterable, Iterator

from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.events import Event, parse_events
from offchain.indexer.projections.compare import Comparison, compare
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.projector import Projector
from offchain.localnet.chain import LocalChain
from offchain.localnet.records import TransactionRecord
from offchain.settings.project import load_project

Told = tuple[Event, Moment]


def events_in(record: TransactionRecord) -> list[Told]:
    """The events of one transaction; none when it failed."""
    if record.err is not None:
        return []
    parsed = parse_events(record.logs, LOCALNET)
    assert not parsed.truncated
    assert not parsed.unknown
    return [(event, Moment(record.slot, record.block_time)) for event in parsed.events]


def events_of(chain: LocalChain) -> Iterator[Told]:
    """Every event of every transaction."""
    for record in chain.transactions():
        yield from events_in(record)


def new_projector() -> Projector:
    """One that knows nothing."""
    return Projector(LOCALNET, load_project().profile("development").parameters)


def projected(told: Iterable[Told]) -> Projector:
    """A projector that took these events."""
    projector = new_projector()
    for event, moment in told:
        projector.apply(event, moment)
    return projector


def audited(chain: LocalChain) -> Comparison:
    """The comparison of a whole chain with its own events; it has to cover something."""
    found = compare(projected(events_of(chain)), EmbeddedChain(chain))
    assert found.accounts.total() > 10
    assert found.fields.total() > 10 * found.accounts.total()
    return found
