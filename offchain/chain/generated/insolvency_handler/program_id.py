from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("C2bToTcGBFaRCcURXwAZXw3JJZrwnQCbCeDD31CQPoo3")
