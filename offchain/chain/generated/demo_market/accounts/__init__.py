from .demo_config import DemoConfig, DemoConfigJSON
from .perp_market import PerpMarket, PerpMarketJSON
from .perp_position import PerpPosition, PerpPositionJSON
from .trader_account import TraderAccount, TraderAccountJSON
