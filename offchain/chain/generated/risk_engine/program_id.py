from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("DeJzgEdQCTHV2Ca6FzStefn9BNkn4uSX5wp5fnzYkhwf")
