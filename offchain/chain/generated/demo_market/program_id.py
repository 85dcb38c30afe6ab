from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("Bj421UkmtT68bdYsU3nV444GspbVpspHGCadfwcxTpjC")
