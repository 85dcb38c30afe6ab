"""Whether a perp program's markets can register: each reason against it as a sentence, before anything is sent."""

from solders.pubkey import Pubkey

from offchain.chain import seeds
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import UPGRADEABLE_LOADER, Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.generated.risk_engine.accounts import AllowedEngine
from offchain.creation.errors import CreationError

_STATE_PROGRAM = 2
"""Tag of a program account of the upgradeable loader; its program-data address follows."""


def require_engine(chain: Chain, at: Addresses, engine: Pubkey, creator: Pubkey, index: int, market: Pubkey) -> None:
    """CreationError with every reason why a market of this engine can't register."""
    reasons = refusals(chain, at, engine, creator, index, market)
    if reasons:
        raise CreationError("; ".join(reasons))


def refusals(chain: Chain, at: Addresses, engine: Pubkey, creator: Pubkey, index: int, market: Pubkey) -> list[str]:
    """Why the risk engine would not register `market` for `engine`; empty when it would."""
    address = at.engine(engine)
    listing, program = chain.accounts([address, engine])
    reasons: list[str] = []
    if program is None or not program.executable:
        reasons.append(f"there is no program at {engine} on this chain: deploy it first, or check its address")
    elif program.owner == UPGRADEABLE_LOADER and _closed(chain, program.data):
        reasons.append(f"the program {engine} has been closed: its code is gone, no market of it can run")
    if listing is None:
        reasons.append(
            f"{engine} is not on the list of engines: the admin of the risk engine puts it there "
            f"(percosec admin plan allow-engine --engine {engine})"
        )
    elif not decode_account(AllowedEngine, listing, at.risk_engine, address).active:
        reasons.append(
            f"{engine} was removed from the list of engines: its markets go on, but none can register until the admin "
            "restores it"
        )
    derived = seeds.derive(engine, seeds.DEMO_MARKET["market"], creator, index)
    if market != derived:
        reasons.append(
            f"{market} is not the address that {engine} derives for market {index} of {creator}, which is {derived}: "
            "only the program that owns an address can sign for it, so no other can register"
        )
    return reasons


def _closed(chain: Chain, data: bytes) -> bool:
    if int.from_bytes(data[:4], "little") != _STATE_PROGRAM:
        return True
    return chain.account(Pubkey.from_bytes(data[4:36])) is None
