"""The creator's first-loss stake in plain words."""

from offchain import words
from offchain.chain.epochs import Schedule
from offchain.chain.events.generated.insurance_pool import StakeCancelled, StakeFunded, StakePaid, StakeRequested
from offchain.plain_words.rows import Rows


def funded_rows(event: StakeFunded) -> Rows:
    """The stake before and after."""
    return [("stake", f"{words.usdc(event.first_loss_before)} -> {words.usdc(event.first_loss_after)}")]


def requested_rows(event: StakeRequested, notice_epochs: int, schedule: Schedule) -> Rows:
    """How much, and when it can be paid."""
    due = words.epoch_date(schedule, event.epoch + notice_epochs)
    return [
        ("request", words.usdc(event.amount)),
        ("payable", f"from {due}, while open interest is 0 and the score fresh"),
        ("until then", "it stays at risk, and everybody can see that you have asked for it"),
    ]


def paid_rows(event: StakePaid) -> Rows:
    """What is paid and what stays."""
    return [("paid", words.usdc(event.amount)), ("left as stake", words.usdc(event.first_loss_after))]


def cancelled_rows(event: StakeCancelled, stake: int) -> Rows:
    """The request that is gone, and the stake."""
    return [("request taken back", words.usdc(event.amount)), ("stake", words.usdc(stake))]
