"""One story for all tests that alter something, with the chain's accounts after each of its transactions."""

from dataclasses import dataclass, field

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import demo_market
from offchain.localnet.events import Changes
from offchain.localnet.records import TransactionRecord
from tests.indexer.projections.audited import Told, events_in
from tests.verify.story import Story


@dataclass
class Landed:
    """A transaction's events, and the accounts of the programs as it left them."""

    told: list[Told]
    after: dict[Pubkey, Account]


@dataclass
class Watched:
    """A story, transaction by transaction."""

    story: Story
    landed: list[Landed] = field(default_factory=list)

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        ours = set(LOCALNET.programs.values())
        after = {address: new for address, _old, new in changes if new is not None and new.owner in ours}
        self.landed.append(Landed(events_in(record), after if record.err is None else {}))

    def slot_changed(self, slot: int, parent: int) -> None:
        pass


@pytest.fixture(scope="session")
def watched() -> Watched:
    """The verifier's story, which uses every instruction that moves money."""
    story = Story()
    watched = Watched(story, [Landed(events_in(record), {}) for record in story.world.local.transactions()])
    story.world.local.listen(watched)
    story.play()
    # Each of these has been on its own nowhere in the story: with others, those tell the same.
    story.market.fund_insurance("1")
    story.world.advance(epochs=1)
    story.world.send(demo_market.push_statistics(story.keeper.key, story.market.id))
    story.world.local.unlisten(watched)
    return watched
