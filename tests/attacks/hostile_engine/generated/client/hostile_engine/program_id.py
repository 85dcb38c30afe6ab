from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("Dsv2aDT2Ti42xmx98E13rgN5sKjJpZunFQ8mashanDHx")
