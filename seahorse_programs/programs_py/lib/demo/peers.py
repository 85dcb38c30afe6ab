# Who may call a market: not the protocol programs' configs, but the one address of each that stands for this market.
from seahorse.prelude import *
from lib.demo.accounts import DemoConfig, PerpMarket


def trust_peers(market: PerpMarket, config: DemoConfig):
    market_id = market.market_id
    risk_program = config.risk_program
    handler_program = config.handler_program
    pool_program = config.pool_program
    market.risk_fp = config.risk_fp
    market.risk_authority = Pubkey.find_program_address(['market', market_id], risk_program)[0]
    market.premium_fp = config.premium_fp
    market.handler_fp = config.handler_fp
    market.handler_authority = Pubkey.find_program_address(['registry', market_id], handler_program)[0]
    market.pool_authority = Pubkey.find_program_address(['resolver', market_id], pool_program)[0]
