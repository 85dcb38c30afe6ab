from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("BgHMJk7ro7uZhTv9jcuiKrm5ev2VoCfz1F3g1jF63aQw")
