from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("GEdPTTuuLbUUq4TaY8srPYdusLY8GDoyc9di1nso6uUh")
