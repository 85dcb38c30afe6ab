from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("FrvARhCEg87wEqab1FJsdWnE1ZByDaZm9RwwMPH3VL4A")
