from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("E7YNdo2uQUET9PHKz9nVkrnvhV9VnZ1AHScPsYjpLY14")
