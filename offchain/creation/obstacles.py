"""What stands against a market that is planned, each as a sentence that says what to do."""

from solders.pubkey import Pubkey

from offchain import words
from offchain.admin.words import moment
from offchain.chain.epochs import Schedule
from offchain.creation.costs import Cost, Rent
from offchain.creation.steps import Site


def stopped(site: Site, paused_until: int, now: int, schedule: Schedule) -> str | None:
    """A stop of registrations, which only matters before the first account of the risk engine."""
    if site.config is None and paused_until > now:
        return f"the guardian has stopped registrations: the stop ends by itself {moment(paused_until, schedule)}"
    return None


def too_poor(creator: Pubkey, held: int, cost: Cost, rent: Rent) -> str | None:
    """Too few lamports. An account that pays fees must keep its own rent, or be emptied exactly."""
    needed = cost.lamports + rent.of(0)
    if not cost.lamports or held >= needed:
        return None
    return (
        f"{creator} holds {words.sol(held)}, the market takes {words.sol(needed)} (rent {words.sol(cost.rent)}, fees "
        f"{words.sol(cost.fees)}, and what its own account must keep): fund it"
    )
