from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("GRPg8SBRsfCxxbGeAZiajA3Za8LYJQszQt1XH2oFuS39")
