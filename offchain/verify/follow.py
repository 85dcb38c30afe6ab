"""Following a running chain: claims recomputed while it moves, each transaction read and replayed once.

A whole report compares accounts with histories, which only holds while nothing lands in between. A claim's record never
changes once it is paid, so that one claim can be verified at any time: from the histories of the programs up to a slot
that is complete, and the record. Where a node takes back what it has shown, everything is read anew.
"""

from collections import deque
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Any

from solders.pubkey import Pubkey

from offchain.settings.parameters import Parameters
from offchain.verify.checks.claims import COMPLETE, Claim, claims
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.model import Evidence
from offchain.verify.evidence.node import PAGE, Node
from offchain.verify.evidence.order import Listed, merged
from offchain.verify.evidence.rpc import read_account, read_transaction
from offchain.verify.read.programs import Programs
from offchain.verify.replay.problems import Problem, Problems
from offchain.verify.replay.world import World

BATCH = 40
"""Transactions asked for at once."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the replay is."""

    replayed: int
    """Transactions."""
    waiting: int
    """Of those that are listed; at least one while the listing is not complete."""
    slot: int
    """Up to which the chain was listed."""


@dataclass(frozen=True, slots=True)
class Verified:
    """One claim, recomputed."""

    claim: Claim
    record: dict[str, Any]
    """The fields of its record on the chain."""
    differences: list[Problem]
    """Of this claim."""
    others: list[Problem]
    """Of everything that was replayed before and after it."""
    signatures: list[str]
    """The transactions that touched its record, oldest first."""
    replayed: int
    slot: int
    """Up to which the chain was replayed."""
    final: bool
    """Whether nothing of it can be dropped any more."""


@dataclass
class _Listing:
    """What has landed since the last one, read page by page."""

    horizon: int
    """A slot that is complete before: what lands later is for the next listing."""
    found: dict[str, list[Listed]]
    """Program -> its transactions, newest first."""
    unread: list[str]
    """Programs whose pages are not all read."""


class Follower:
    """The replayed chain behind one node."""

    def __init__(self, url: str, programs: Programs, parameters: Parameters) -> None:
        """Nothing is asked yet."""
        self._node = Node(url)
        self._programs = programs
        self._parameters = parameters
        self._begin()

    def close(self) -> None:
        """Let go of the connection."""
        self._node.close()

    def catch_up(self, seconds: float) -> Progress:
        """Replay what has landed, for at most so long; VerifyError when the node can't tell."""
        deadline = monotonic() + seconds
        if not self._waiting and not self._list(deadline):
            return self._progress(unlisted=True)
        while self._waiting and monotonic() < deadline:
            # Taken away only after they were read: a node that fails is asked for them again.
            batch = list(islice(self._waiting, BATCH))
            for signature, found in zip(batch, self._node.transactions(batch), strict=True):
                self._world.play(read_transaction(signature, found))
                self._waiting.popleft()
                self._replayed += 1
        return self._progress()

    def verify(self, address: Pubkey) -> Verified | None:
        """The claim whose record lies at `address`, when everything is replayed; None while its payout is not yet.

        VerifyError where there is no such record, or its claim is not paid.
        """
        found = self._node.account(str(address))
        account = None if found is None else read_account(found)
        held = None if account is None else self._programs.held(account)
        if account is None or held is None or held[0] != "ClaimRecord":
            raise VerifyError(f"there is no claim record at {address}: /v1/claims lists the claims")
        record = held[1]
        market, sequence = record["market_id"], record["sequence"]
        if record["state"] != COMPLETE:
            raise VerifyError(f"claim {sequence} of market {market} is not paid yet: there is nothing to recompute")
        problems = Problems()
        made = claims(Evidence(self._node.url, [], {address: account}), self._programs, self._world, problems)
        mine = next((one for one in made if (one.market, one.sequence) == (market, sequence)), None)
        history = self._node.history(str(address))
        if mine is None and history and history[-1][0] >= self._slot:
            return None
        place = f"claim {sequence} of market {market}"
        if mine is None:
            raise VerifyError(f"{place}: the histories hold no payout for its record; ask another node")
        return Verified(
            claim=mine,
            record=record,
            differences=[one for one in problems.all if one.place.startswith(place)],
            others=list(self._world.problems.all),
            signatures=[signature for _, signature in history],
            replayed=self._replayed,
            slot=self._slot,
            final=bool(history) and history[-1][0] <= self._node.finalized(),
        )

    def _begin(self) -> None:
        self._world = World(self._programs, self._parameters)
        self._waiting: deque[str] = deque()
        self._last: dict[str, str] = {}
        self._listing: _Listing | None = None
        self._slot = 0
        self._replayed = 0

    def _progress(self, unlisted: bool = False) -> Progress:
        return Progress(self._replayed, len(self._waiting) + unlisted, self._slot)

    def _list(self, deadline: float) -> bool:
        """Put everything that landed before a slot that was complete when asked for in its order.

        False when the time was too short for all pages: the next call goes on.
        """
        names = [str(address) for address in self._programs.names]
        if self._listing is None:
            self._listing = _Listing(self._node.slot(), {name: [] for name in names}, names)
        listing = self._listing
        while listing.unread:
            if monotonic() > deadline:
                return False
            name = listing.unread[0]
            found = listing.found[name]
            page = self._node.page(name, found[-1][1] if found else None, self._last.get(name))
            found += page
            if len(page) < PAGE:
                listing.unread.pop(0)
        self._listing = None
        if any(found and found[-1][0] < self._slot for found in listing.found.values()):
            self._begin()
            return self._list(deadline)
        self._take(listing)
        return True

    def _take(self, listing: _Listing) -> None:
        histories = []
        for name, found in listing.found.items():
            complete = [one for one in reversed(found) if one[0] < listing.horizon]
            if complete:
                self._last[name] = complete[-1][1]
            histories.append(_once(complete))
        self._waiting.extend(merged(histories))
        self._slot = max(self._slot, listing.horizon)


def _once(history: list[Listed]) -> list[Listed]:
    """Without repetitions, which a page boundary may bring."""
    return list(dict.fromkeys(history))
