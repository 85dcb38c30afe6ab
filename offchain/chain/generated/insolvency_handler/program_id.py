from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("CTQtEqfayRFnqqCaPWTxF2J97LTBfhaHFFh6KETDv6WB")
