# The peers a config trusts, derived once from their program ids.
from seahorse.prelude import *
from lib.risk.accounts import RiskConfig


def set_peers(config: RiskConfig, premium_program: Pubkey, pool_program: Pubkey, handler_program: Pubkey):
    config.premium_program = premium_program
    config.premium_fp = Pubkey.find_program_address(['peer', premium_program])[0]
    config.premium_authority = Pubkey.find_program_address(['config'], premium_program)[0]
    config.pool_program = pool_program
    config.pool_fp = Pubkey.find_program_address(['peer', pool_program])[0]
    config.pool_authority = Pubkey.find_program_address(['config'], pool_program)[0]
    config.handler_program = handler_program
    config.handler_fp = Pubkey.find_program_address(['peer', handler_program])[0]
    config.handler_authority = Pubkey.find_program_address(['config'], handler_program)[0]
    config.scoring_fp = Pubkey.find_program_address(['peer', premium_program, pool_program])[0]
