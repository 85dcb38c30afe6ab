from .premium_account import PremiumAccount, PremiumAccountJSON
from .premium_config import PremiumConfig, PremiumConfigJSON
