"""What processes tell each other, and what becomes of what they did not hear."""

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.indexer.decode import decode as decode_transaction
from offchain.indexer.raw import RawTransaction, read_raw
from offchain.live.nudge import ALL, MOST, Nudge, decode, encode, nudge_of
from offchain.live.plan import own_parts, touched
from offchain.live.stream import Stream
from offchain.live.topics import EPOCH, POOL, POSITION, PRICE, STATUS, Topic
from tests.support.lives import documents
from tests.verify.story import Story

LIMIT_OF_NOTIFY = 8_000


def test_the_largest_nudge_fits_what_postgres_carries() -> None:
    address = "1" * 44
    largest = Nudge([address] * MOST, [address] * MOST, slot=1 << 62, rolled_back_to=1 << 62)
    assert len(encode(largest)) < LIMIT_OF_NOTIFY
    assert decode(encode(largest)) == largest


def test_a_nudge_of_another_version_means_everything() -> None:
    for payload in (b"", b"5", b'{"markets":7}', b"\xff"):
        assert decode(payload) == ALL


@pytest.mark.parametrize(
    ("topic", "nudge", "parts"),
    [
        (Topic(POOL), Nudge(["a", "b"], []), {"a", "b"}),
        (Topic(POOL), ALL, None),
        (Topic(POOL, market="a"), Nudge(["a", "b"], []), {"a"}),
        (Topic(POOL, market="c"), Nudge(["a", "b"], []), set()),
        (Topic(POOL, market="c"), ALL, {"c"}),
        (Topic(EPOCH, market="c"), ALL, {"c", "clock"}),
        (Topic(POSITION, owner="o"), Nudge(["a"], ["o"]), {"o"}),
        (Topic(POSITION, owner="o"), Nudge(["held"], ["p"]), {"o"}),
        (Topic(POSITION, owner="o"), Nudge(["a"], ["p"]), set()),
        (Topic(POSITION, owner="o"), Nudge(["a"], None), {"o"}),
        (Topic(PRICE), ALL, set()),
        (Topic(STATUS), ALL, set()),
    ],
)
def test_a_nudge_concerns_the_topics_of_its_markets_and_people(
    topic: Topic, nudge: Nudge, parts: set[str] | None
) -> None:
    one = Stream(topic, 1, 1)
    one.take({"o": {"k": {"market_id": "held"}}}, True, 1)
    assert touched(one, nudge) == parts


def test_the_parts_of_a_topic_are_those_its_parameters_name() -> None:
    assert own_parts(Topic(POOL)) is None
    assert own_parts(Topic(POSITION, market="m", owner="o")) == {"o"}


def test_a_price_by_itself_concerns_nobody_and_a_change_of_terms_everybody(story: Story) -> None:
    events = [event for raw in raws(story) for event in decode_transaction(raw, LOCALNET).events]
    by_name = {event.name: event for event in events}
    assert nudge_of([by_name["PriceAccepted"]], 7) == Nudge([], [by_name["PriceAccepted"].actor or ""], slot=7)
    assert nudge_of([by_name["FeedOpened"]], 7).markets is None
    market = str(story.market.id)
    assert nudge_of([by_name["PriceAccepted"], by_name["HouseChanged"]], 7).markets == [market]


def raws(story: Story) -> list[RawTransaction]:
    return [read_raw(document, 0) for document in documents(story.world)]
