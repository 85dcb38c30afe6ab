from .rules import Rules, RulesJSON
