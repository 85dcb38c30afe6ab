from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("5uWyGernE6PrgS1kc8AmqUTuFXnUMVFEQXh6LWS2Sn1K")
