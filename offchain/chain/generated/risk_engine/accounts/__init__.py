from .allowed_engine import AllowedEngine, AllowedEngineJSON
from .market_config import MarketConfig, MarketConfigJSON
from .market_inputs import MarketInputs, MarketInputsJSON
from .price_feed import PriceFeed, PriceFeedJSON
from .risk_config import RiskConfig, RiskConfigJSON
from .risk_score import RiskScore, RiskScoreJSON
from .risk_window import RiskWindow, RiskWindowJSON
