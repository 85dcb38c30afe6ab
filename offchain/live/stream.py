"""One topic with its parameters: its state, the numbers of its frames, and the last of them for who missed some."""

import secrets
from collections import deque
from collections.abc import Mapping

from offchain.live.changes import changes
from offchain.live.frames import Delta, Item, Since, Snapshot
from offchain.live.message import Message
from offchain.live.topics import Topic

SUBSCRIBED, GAP, ROLLED_BACK = "subscribed", "gap", "rolled_back"
DECIMALS = 6
Parts = dict[str, dict[str, Item]]
"""Part of a topic (a market, an owner) -> its items by key."""


class Stream:
    """Frames in one order. A snapshot's number is that of the last delta in it."""

    def __init__(self, topic: Topic, ring_frames: int, ring_bytes: int) -> None:
        self.topic = topic
        self.id = secrets.token_hex(6)
        self.seq = 0
        self.parts: Parts = {}
        self.as_of_slot = -1
        self.ready = False
        """Whether it was ever read."""
        self._ring: deque[tuple[int, Message]] = deque()
        self._ring_frames = ring_frames
        self._ring_bytes = ring_bytes
        self._ring_holds = 0
        self._snapshots: dict[str, Message] = {}

    def items(self) -> dict[str, Item]:
        """All of it."""
        return {key: item for part in self.parts.values() for key, item in part.items()}

    def take(self, read: Mapping[str, Mapping[str, Item]], whole: bool, as_of_slot: int) -> Message | None:
        """Take over what was read: all of it when `whole`, otherwise the parts named. The delta; None: no change."""
        before = self.items()
        self._put(read, whole)
        found = changes(before, self.items())
        slot, self.as_of_slot, self.ready = self.as_of_slot, as_of_slot, True
        if slot != as_of_slot:
            self._snapshots.clear()
        if not found:
            return None
        self.seq += 1
        self._snapshots.clear()
        delta = Message(Delta(self.topic.key, self.id, self.seq, as_of_slot, found))
        self._keep(delta)
        return delta

    def restart(self, read: Mapping[str, Mapping[str, Item]], as_of_slot: int, slot: int) -> Message:
        """Take over what was read after `slot` was dropped: the snapshot that says so."""
        self._put(read, True)
        self.as_of_slot, self.ready = as_of_slot, True
        self.seq += 1
        self._ring.clear()
        self._ring_holds = 0
        self._snapshots.clear()
        return self._snapshot(ROLLED_BACK, slot)

    def snapshot(self, reason: str) -> Message:
        """Encoded once for all who ask before the next change."""
        found = self._snapshots.get(reason)
        if found is None:
            found = self._snapshots[reason] = self._snapshot(reason, None)
        return found

    def missed(self, since: Since) -> list[Message] | None:
        """The frames after `since`; None when they are not all kept."""
        first = self._ring[0][0] if self._ring else self.seq + 1
        if since.stream != self.id or not self.ready or not first - 1 <= since.seq <= self.seq:
            return None
        return [message for seq, message in self._ring if seq > since.seq]

    def _put(self, read: Mapping[str, Mapping[str, Item]], whole: bool) -> None:
        self.parts = {**({} if whole else self.parts), **{part: dict(items) for part, items in read.items()}}

    def _keep(self, message: Message) -> None:
        self._ring.append((self.seq, message))
        self._ring_holds += len(message)
        while len(self._ring) > self._ring_frames or self._ring_holds > self._ring_bytes:
            self._ring_holds -= len(self._ring.popleft()[1])

    def _snapshot(self, reason: str, slot: int | None) -> Message:
        frame = Snapshot(
            self.topic.key, self.id, self.seq, reason, self.as_of_slot, DECIMALS, self.items(), rolled_back_to=slot
        )
        return Message(frame)
