"""Several nodes as one: the preferred one is asked, and the next where it fails."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from offchain.chain.backends.node import Node, NodeDownError, RefusedError

REST_SECONDS = (0.5, 2.0, 8.0, 30.0)
"""How long a node is left alone after its first, second, ... failure in a row."""
_NONE = "no node is configured: give --rpc"

T = TypeVar("T")


def as_it_is(answer: Any) -> Any:
    """An answer that its caller reads."""
    return answer


class Nodes:
    """Nodes in order of preference. A node that failed is left alone for a while, then tried again."""

    def __init__(self, urls: Sequence[str], timeout: float = 10.0) -> None:
        """`timeout` is in seconds, for each request to one node. ValueError without a URL."""
        if not urls:
            raise ValueError("give at least one node")
        self.nodes = [Node(url, timeout) for url in urls]
        self.failures = 0
        """Requests that a node failed to answer."""
        self._in_a_row = [0] * len(self.nodes)
        self._rests_until = [0.0] * len(self.nodes)
        self._last = 0

    @property
    def current(self) -> str:
        """Name of the node that answered last."""
        return self.nodes[self._last].name

    async def ask(self, method: str, *params: Any, read: Callable[[Any], T] = as_it_is) -> T:
        """What `read` makes of the first node's answer; NodeDownError of the last when none gives one.

        A node whose answer can't be read is one that fails, like one that gives none.
        """
        failure: NodeDownError | None = None
        for index in self._order():
            try:
                return await self._answer(index, method, params, read)
            except NodeDownError as error:
                failure = error
        raise failure or NodeDownError(_NONE)

    async def search(self, method: str, *params: Any, find: Callable[[str, Any], T | None]) -> T | None:
        """What `find` makes of the first answer in which it finds what is sought; None where it does in no node's.

        It gets the node's name and its answer, None of one that refuses. NodeDownError of the last when all fail.
        """
        failure, answered = NodeDownError(_NONE), False
        for index in self._order():
            try:
                answer = await self._answer(index, method, params, as_it_is)
            except NodeDownError as error:
                failure = error
                continue
            except RefusedError:
                answer = None
            answered = True
            found = find(self.nodes[index].name, answer)
            if found is not None:
                return found
        if not answered:
            raise failure
        return None

    async def close(self) -> None:
        """Close every connection."""
        for node in self.nodes:
            await node.close()

    async def _answer(self, index: int, method: str, params: Sequence[Any], read: Callable[[Any], T]) -> T:
        """One node's; whether it failed decides how soon it is asked again."""
        try:
            answer = _readable(await self.nodes[index].ask(method, *params), read, self.nodes[index].name, method)
        except NodeDownError:
            self._note_failure(index)
            raise
        self._in_a_row[index] = 0
        self._rests_until[index] = 0.0
        self._last = index
        return answer

    def _order(self) -> list[int]:
        """Rested nodes by preference; the resting ones after them, so that nothing fails while one might answer."""
        now = asyncio.get_running_loop().time()
        return sorted(range(len(self.nodes)), key=lambda index: (self._rests_until[index] > now, index))

    def _note_failure(self, index: int) -> None:
        self.failures += 1
        rest = REST_SECONDS[min(self._in_a_row[index], len(REST_SECONDS) - 1)]
        self._in_a_row[index] += 1
        self._rests_until[index] = asyncio.get_running_loop().time() + rest


def _readable(answer: Any, read: Callable[[Any], T], name: str, method: str) -> T:
    try:
        return read(answer)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise NodeDownError(f"the node {name} answers {method} with nonsense: take another one") from error
