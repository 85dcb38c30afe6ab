"""What can be subscribed to, and by which parameters."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.live.errors import LiveError
from offchain.live.frames import Subscribe

TOPICS = MARKET, POOL, RISK, CLAIMS, POSITION, EPOCH, PRICE, STATUS = (
    *("market", "pool", "risk", "claims"),
    *("position", "epoch", "price", "status"),
)
POSITION_OF_OWNER = "position_of_owner"
"""The source of positions when an owner is named; not a topic."""
CLOCK = "clock"
"""The part of an epoch that belongs to no market."""
PARAMETERS: dict[str, tuple[str, ...]] = {
    MARKET: ("market",),
    POOL: ("market",),
    RISK: ("market",),
    CLAIMS: ("market",),
    POSITION: ("market", "owner"),
    EPOCH: ("market",),
    PRICE: ("pair",),
    STATUS: (),
}
"""Topic -> the parameters it takes."""
_NAMES = ("market", "owner", "pair")
_LONGEST_PAIR = 32


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic with its parameters."""

    name: str
    market: str | None = None
    owner: str | None = None
    pair: str | None = None

    @property
    def key(self) -> str:
        """As clients see it: `pool:MARKET`, `position:market=MARKET,owner=OWNER`, `status`."""
        given = [(name, value) for name in _NAMES if (value := getattr(self, name)) is not None]
        if not given:
            return self.name
        if PARAMETERS[self.name] == (given[0][0],):
            return f"{self.name}:{given[0][1]}"
        return self.name + ":" + ",".join(f"{name}={value}" for name, value in given)


def topic_of(request: Subscribe) -> Topic:
    """The topic that a client asks for; LiveError says what is wrong with it."""
    if request.topic not in PARAMETERS:
        raise LiveError("unknown_topic", f"there is no topic {request.topic[:40]!r}: choose one of {', '.join(TOPICS)}")
    takes = PARAMETERS[request.topic]
    given = {name: value for name in _NAMES if (value := getattr(request, name)) is not None}
    for name in given:
        if name not in takes:
            allowed = f"give {' or '.join(takes)}" if takes else "it has no parameters"
            raise LiveError("unknown_parameter", f"topic {request.topic} takes no {name}: {allowed}")
    if request.topic == POSITION and not given:
        raise LiveError("parameter_missing", "topic position needs a market or an owner: give one or both")
    for name in ("market", "owner"):
        if name in given:
            _check_address(name, given[name])
    if len(given.get("pair", "")) > _LONGEST_PAIR:
        raise LiveError("bad_parameter", "pair is no pair: give one such as BTC/USD")
    return Topic(request.topic, **given)


def _check_address(name: str, value: str) -> None:
    try:
        Pubkey.from_string(value)
    except ValueError:
        raise LiveError("bad_parameter", f"{name} is no address: give its 32 bytes in base58") from None
