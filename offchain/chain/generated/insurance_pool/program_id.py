from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("77ETqHxFTEqyb722pqjgqZvi9YwJMFw6hQxKGDctZPXY")
