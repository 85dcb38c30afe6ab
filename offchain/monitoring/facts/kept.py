"""The newest look at the chain, kept in the table of figures: one process looks, all can tell."""

from sqlmodel import Session

from offchain.monitoring.facts.chain import ChainFacts
from offchain.processor.rows.head import Head
from offchain.processor.store import Made, read_figures, write_figures


def write_chain_facts(session: Session, facts: ChainFacts, now: int, now_ms: int) -> None:
    """Replace the look before. The caller commits."""
    write_figures(session, ChainFacts, {"": facts}, Head(facts.slot, now), now_ms)


def read_chain_facts(session: Session) -> Made[ChainFacts] | None:
    """None as long as nobody has looked."""
    return read_figures(session, ChainFacts)
