from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("7SnvNi6Reo2P4TY92hWaSEUen7BXSEg77sujX2mqpvpu")
