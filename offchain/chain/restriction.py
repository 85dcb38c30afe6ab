"""Why a market is restricted now: the bits that its next synchronisation will have."""

from typing import Protocol

from offchain.settings.parameters import Parameters


class Score(Protocol):
    """What is read of a RiskScore account."""

    has_score: bool
    epoch: int
    reasons: int


class Inputs(Protocol):
    """What is read of a MarketInputs account."""

    arrears: bool
    exit: bool


class Engine(Protocol):
    """What is read of an AllowedEngine account."""

    active: bool


def reasons_now(score: Score, inputs: Inputs, engine: Engine, epoch: int, parameters: Parameters) -> int:
    """Bits of `Parameters.reason_...` at an epoch; 0: not restricted."""
    stale = not score.has_score or score.epoch + parameters.stale_epochs < epoch
    return (
        (score.reasons & parameters.reason_score)
        | (parameters.reason_stale if stale else 0)
        | (parameters.reason_arrears if inputs.arrears else 0)
        | (parameters.reason_exit if inputs.exit else 0)
        | (parameters.reason_delisted if not engine.active else 0)
    )
