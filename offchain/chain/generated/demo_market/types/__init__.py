import typing
from . import close
from .close import Close, CloseJSON
from . import outcome
from .outcome import Outcome, OutcomeJSON
