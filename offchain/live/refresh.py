"""What changes without a nudge: with the chain's clock, with prices, or because a nudge got lost."""

from offchain.live.nudge import Nudge
from offchain.live.topics import CLAIMS, EPOCH, MARKET, POOL, POSITION, PRICE, RISK, STATUS

OFF_CHAIN = frozenset({PRICE, STATUS})
"""Topics that do not follow from transactions: no nudge concerns them, no dropped slot changes them."""
SECONDS = {
    PRICE: 0.5,
    STATUS: 1.0,
    EPOCH: 1.0,
    MARKET: 5.0,
    POOL: 5.0,
    RISK: 5.0,
    POSITION: 5.0,
    CLAIMS: 10.0,
}
"""Topic -> how often it is read anyway: dates come due and prices grow old without any transaction."""
_FADING = 0.9
LOOK = "look"
LOOK_SECONDS = 1.0
"""How often the newest slot is looked at, in case that a nudge got lost."""
SHARE = 10
"""A read that takes long is repeated less often: at most this part of the time goes into reading without a nudge."""


class Refresh:
    """Which topics are due, and whether nudges arrive."""

    def __init__(self) -> None:
        self._next = {**dict.fromkeys(SECONDS, 0.0), LOOK: 0.0}
        self._looked = False
        self._told = -1
        """The newest slot that a nudge told of."""
        self._suspect: int | None = None
        self._took = 0.0

    def pause(self, now: float) -> float:
        """Seconds until something is due."""
        return max(0.0, min(self._next.values()) - now)

    def due(self, now: float) -> set[str]:
        """The topics whose time has come; each counts from now on again."""
        found = {name for name, at in self._next.items() if at <= now}
        for name in found:
            self._next[name] = now + max(SECONDS.get(name, LOOK_SECONDS), SHARE * self._took)
        self._looked = LOOK in found
        return found

    def took(self, seconds: float) -> None:
        """How long a reading of the database took."""
        self._took = max(seconds, self._took * _FADING)

    def heard(self, nudge: Nudge) -> None:
        """A nudge arrived."""
        if nudge.rolled_back_to is not None:
            self._told = min(self._told, nudge.rolled_back_to - 1)
        if nudge.slot is not None:
            self._told = max(self._told, nudge.slot)

    def lost(self, stored: int) -> bool:
        """Whether slot `stored`, the newest in the database, has been there for two looks and no nudge told of it."""
        if not self._looked:
            return False
        suspect, self._suspect = self._suspect, stored if stored > self._told else None
        if suspect is None or not self._told < suspect <= stored:
            return False
        self._told, self._suspect = stored, None
        return True
