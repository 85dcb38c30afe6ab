from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("5M4cgUZq1obbihhGrQANRPBhQbKz9YNfXERknkkVDmPv")
