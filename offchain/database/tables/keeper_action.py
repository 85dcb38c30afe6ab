"""What a keeper sent, what it cost and what it earned."""

from sqlmodel import Field, SQLModel

from offchain.database.tables.base import big


class KeeperAction(SQLModel, table=True):
    """One signed transaction, written down before it is sent; the chain says what became of it."""

    __tablename__ = "keeper_action"

    signature: str = Field(primary_key=True)
    """Base58."""
    wallet: str = Field(index=True)
    """Who signed and paid, base58."""
    duty: str
    subject: str
    """Market, or the feed of a price, base58."""
    key: str
    """What was due; the same for every attempt."""
    cycle: int = big()
    sent_ms: int = big(index=True)
    """Unix milliseconds."""
    status: str
    """`sent` (not known yet), `done`, `failed` (landed, refused by a program), `refused` (never landed), `expired`."""
    code: str = ""
    """Why it failed or was refused."""
    slot: int = big(default=0)
    lamports: int = big(default=0)
    """Spent: fee and rent."""
    fee: int = big(default=0)
    """Lamports of the fee alone."""
    usdc: int = big(default=0)
    """Earned, atoms."""
    units: int = big(default=0)
    """Compute units used."""
    settled_ms: int = big(default=0)
    """When its end was written down, unix milliseconds."""
