"""What changed between two states of a topic, as small as it can be told (docs/live.md has the measurement)."""

from collections.abc import Mapping

from offchain.live.frames import Change, Item


def changes(before: Mapping[str, Item], after: Mapping[str, Item]) -> list[Change]:
    """In the order of `after`, what is gone first; empty when both are equal."""
    found = [Change(key, gone=True) for key in before if key not in after]
    for key, item in after.items():
        old = before.get(key)
        if old is None:
            found.append(Change(key, item=item))
        elif old != item:
            found.append(_changed(key, old, item))
    return found


def apply_change(items: dict[str, Item], change: Change) -> None:
    """What a client does with a change; KeyError for one that does not fit."""
    if change.gone:
        del items[change.key]
    elif change.item is not None:
        items[change.key] = change.item
    else:
        items[change.key] = items[change.key] | (change.set or {})


def _changed(key: str, old: Item, item: Item) -> Change:
    if old.keys() != item.keys():
        return Change(key, item=item)
    return Change(key, set={name: value for name, value in item.items() if old[name] != value})
