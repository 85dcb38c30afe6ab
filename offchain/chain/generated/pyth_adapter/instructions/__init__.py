from .post_price import post_price, PostPriceArgs, PostPriceAccounts
from .set_rules import set_rules, SetRulesArgs, SetRulesAccounts
