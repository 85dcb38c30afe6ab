"""What keepers did and got: instructions that anyone may call, and the tokens that moved inside them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.raw.landed import Call, Landed

CRANKS = {
    "risk_engine": ("update_score", "sync_market"),
    "premium_manager": ("route_premiums", "report_arrears"),
    "insurance_pool": ("report_reserve", "release_funds", "flag_exit", "force_resolution"),
    "demo_market": ("push_statistics", "settle_fees", "execute_liquidation", "report"),
}
"""Program -> the work it leaves to anyone. Whoever asks for it is the first account of the instruction."""
PAYS = {
    "route_premiums": ("bounties", "keeper_token"),
    "execute_liquidation": ("liquidations", "keeper_token"),
    "force_resolution": ("liquidations", "keeper_token"),
    "collect_claim_fee": ("claim_fees", "destination"),
}
"""Instruction -> the kind of pay, and the token account that receives it."""


@dataclass
class Kept:
    """One keeper; amounts in atoms."""

    cranks: int = 0
    last: int | None = None
    """Time of the last crank, unix seconds."""
    bounties: int = 0
    liquidations: int = 0
    claim_fees: int = 0

    @property
    def earned(self) -> int:
        """All of it."""
        return self.bounties + self.liquidations + self.claim_fees


def keepers(landed: Iterable[Landed]) -> dict[str, Kept]:
    """Everybody who turned a crank or was paid for one, from transactions in the order of the chain."""
    found: dict[str, Kept] = defaultdict(Kept)
    for transaction in landed:
        if transaction.succeeded:
            for call in transaction.calls:
                _turned(found, call, transaction.time)
                _paid(found, call)
    return dict(found)


def _turned(found: dict[str, Kept], call: Call, time: int) -> None:
    if call.instruction.name in CRANKS.get(call.instruction.program, ()):
        keeper = found[call.accounts[0]]
        keeper.cranks += 1
        keeper.last = time


def _paid(found: dict[str, Kept], call: Call) -> None:
    kind, name = PAYS.get(call.instruction.name, ("", ""))
    if not kind:
        return
    for transfer in call.transfers:
        if transfer.destination == call.account(name) and transfer.atoms:
            keeper = found[transfer.owner]
            setattr(keeper, kind, getattr(keeper, kind) + transfer.atoms)
