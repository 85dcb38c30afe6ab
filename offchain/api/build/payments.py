"""What a withdrawal request would be paid now: the program's own arithmetic, for refusals and quotes."""

from dataclasses import dataclass
from typing import Protocol

from offchain.chain.pool_figures import BPS, PoolFigures, up
from offchain.settings.parameters import Parameters


class Request(Protocol):
    """What is read of a ProviderPosition account."""

    requested_shares: int
    request_value: int
    request_fee_bps: int
    request_epoch: int
    notice_epochs: int


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment at one moment; atoms."""

    owed: int
    """The lower of the value at the request and now."""
    gross: int
    """What the pool may pay of it now."""
    fee: int
    """Early fee, which stays in the pool."""

    @property
    def net(self) -> int:
        """What the provider gets."""
        return self.gross - self.fee

    @property
    def waits(self) -> int:
        """What open interest needs for now."""
        return self.owed - self.gross


def due_epoch(request: Request) -> int:
    """From when a request is payable."""
    return request.request_epoch + request.notice_epochs


def forced_epoch(request: Request, parameters: Parameters) -> int:
    """From when it is payable whatever the cap says, and by anyone."""
    return due_epoch(request) + parameters.force_after


def payment(request: Request, figures: PoolFigures, epoch: int, parameters: Parameters) -> Payment:
    """As if executed in `epoch` with these figures; notice and freshness are the caller's to check."""
    owed = min(request.request_value, figures.assets(request.requested_shares))
    limit = figures.nav if epoch >= forced_epoch(request, parameters) else figures.withdrawable
    gross = min(owed, limit)
    if 0 < gross < owed:
        burned = up(request.requested_shares * gross, owed)
        gross = min(gross, figures.assets(burned))
    return Payment(owed, gross, up(gross * request.request_fee_bps, BPS))
