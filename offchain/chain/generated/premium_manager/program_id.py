from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("9HLLGbwik9defrGYtuhLZexecNoKDr9vvgJo4FVjpJ4F")
