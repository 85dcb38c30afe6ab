from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("9D9ykWSzWv4kEBxkQsr62CouSB2LYXbYPNn8KArMf2h6")
