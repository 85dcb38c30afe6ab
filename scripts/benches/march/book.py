"""What a keeper's own ledger says, to be held against its balances on the chain."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.database.database import open_database
from offchain.keeper.ledger import Ledger


@dataclass(frozen=True)
class Book:
    """The sums of a ledger."""

    atoms: int
    """USDC earned."""
    lamports: int
    """Spent."""
    transactions: int
    failed: int


def read_book(database: str, wallet: Pubkey) -> Book:
    """The sums of one wallet's ledger in the database at this URL."""
    opened = open_database(database)
    ledger = Ledger(opened, wallet)
    totals = ledger.totals()
    book = Book(
        atoms=sum(total.usdc for total in totals),
        lamports=sum(total.lamports for total in totals),
        transactions=sum(total.transactions for total in totals),
        failed=sum(total.failed for total in totals),
    )
    opened.close()
    return book
