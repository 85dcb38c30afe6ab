from solders.pubkey import Pubkey

PROGRAM_ID = Pubkey.from_string("4qPcsyxMvrZz1MiwTv442MqpQSGi5QUjcjZxFRs4sZp7")
