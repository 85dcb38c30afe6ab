from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("E2hqTdk1tQhiD1UZqknDRpr4S96Sak4kqQRqoZcGX6Cn")
