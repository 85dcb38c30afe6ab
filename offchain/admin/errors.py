"""Why a power is not used."""

from offchain.errors import PercosecError


class PlanError(PercosecError):
    """A plan can't be made, or a plan's file is not as it was written."""


class MovedError(PercosecError):
    """The chain is no longer what a plan rests on; nothing was sent."""


class WrongSignerError(PercosecError):
    """The key at hand does not hold the power."""


class ReadBackError(PercosecError):
    """A transaction landed and the chain shows something else than was planned: look at it before going on."""

    exit_code = 1
