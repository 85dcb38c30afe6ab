"""What has to be said before anybody deposits, word for word the same everywhere."""

LOSS_WARNING = (
    "Experimental, unaudited software. Non-custodial. Deposits may be used to cover insolvencies. Losses possible, up "
    "to everything. No yield is promised."
)
