import typing
from . import moment
from .moment import Moment, MomentJSON
from . import pool_state
from .pool_state import PoolState, PoolStateJSON
from . import position_state
from .position_state import PositionState, PositionStateJSON
from . import settlement
from .settlement import Settlement, SettlementJSON
