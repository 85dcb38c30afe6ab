"""The schema that clients in other languages are made from: it is the classes', and the items are what it says."""

import re
from typing import Any

import msgspec
import pytest

from offchain.live.client import LiveClient
from offchain.live.frames import Answer, Request
from offchain.live.schema import FILE, ITEMS, document, text
from offchain.live.topics import PARAMETERS, TOPICS
from tests.live.app import Served, until
from tests.live.reading import FRAME
from tests.verify.story import Story


def test_the_committed_schema_is_that_of_the_classes() -> None:
    assert FILE.read_text(encoding="utf-8") == text(), "run: python -m offchain.live.schema"


def test_every_topic_and_every_message_is_in_it() -> None:
    found = document()
    assert tuple(found["topics"]) == TOPICS == tuple(ITEMS)
    for name, topic in found["topics"].items():
        assert topic["parameters"] == list(PARAMETERS[name]) and topic["items"]["anyOf"]
    told = [len(found[side]["anyOf"]) for side in ("client", "server")]
    assert told == [len(Request.__args__), len(Answer.__args__)]
    referred = set(re.findall(r'"#/\$defs/(\w+)"', text()))
    assert referred <= set(found["$defs"]), "a reference leads nowhere"
    of_frames = {name for name, one in found["$defs"].items() if set(FRAME) & set(one.get("properties", ()))}
    assert of_frames == {"Snapshot", "Delta", "Heartbeat"}


async def test_items_are_of_the_classes_that_the_schema_names(story: Story, server: Served) -> None:
    story.deposits()
    story.trades()
    story.small_then_large_deficit()
    market = str(story.market.id)
    async with LiveClient(server.url) as client:
        states = {
            topic: await client.subscribe(topic, **({"market": market} if "market" in PARAMETERS[topic] else {}))
            for topic in TOPICS
        }
        captured = {topic: state for topic, state in states.items() if topic != "price"}  # nobody captures prices here
        await until(client, lambda: all(state.items for state in captured.values()))
        for topic, state in states.items():
            for key, item in state.items.items():
                assert fits(topic, key, item), (topic, key)


def fits(topic: str, key: str, item: dict[str, Any]) -> bool:
    """Whether an item has exactly the fields of one of the topic's classes, with their types."""
    for kind in ITEMS[topic]:
        names = {field.name for field in msgspec.structs.fields(kind)} - set(FRAME)
        if topic == "epoch" and key == "clock":
            names -= {"now"}
        if names == set(item):
            msgspec.convert({**item, "as_of_slot": 0, "decimals": 6, "now": item.get("now", 0)}, kind)
            return True
    return False


@pytest.mark.parametrize("name", ["client", "server"])
def test_messages_are_told_apart_by_their_type(name: str) -> None:
    found = document()
    for reference in found[name]["anyOf"]:
        definition = found["$defs"][reference["$ref"].rpartition("/")[2]]
        assert definition["properties"]["type"]["enum"][0] in found[name]["discriminator"]["mapping"]
