"""open_claim: the blank record of the next sequence, stamped with the time that no call from a market can know."""

from offchain.chain.instructions import insolvency_handler
from tests.programs.bench.cover import Cover
from tests.programs.bench.twin import only

CEILING, TRY = 15_000, 1_500
"""A new account and an event; each further try of the address search costs TRY."""


def test_record_is_blank(cover: Cover) -> None:
    keeper = cover.wallet()
    event = only(cover.send(insolvency_handler.open_claim(keeper, cover.market, 1)), "ClaimOpened")
    record = cover.claim_state()
    assert cover.units <= CEILING + TRY * (255 - record.bump)
    assert (record.market_id, record.sequence, record.opened_at, record.state) == (cover.market, 1, cover.now, 0)
    assert (record.deficit_amount, record.payout_amount, record.fee_collected) == (0, 0, False)
    assert (event.market_id, event.actor, event.slot) == (cover.market, keeper, cover.clock_slot)
    assert (event.sequence, event.opened_at) == (1, cover.now)


def test_refuses_any_other_sequence_and_a_second_time(cover: Cover) -> None:
    for sequence in (0, 2, 2**64 - 1):
        with cover.refused("E_SEQUENCE", cover.at.registry, cover.at.claim(sequence)):
            cover.open_claim(sequence)
    cover.open_claim(1)
    with cover.refused("ACCOUNT_EXISTS", cover.at.registry, cover.at.claim(1)):
        cover.open_claim(1)


def test_next_sequence_opens_after_the_claim_is_complete(cover: Cover) -> None:
    cover.open_claim()
    cover.report(5_000_000_000)
    with cover.refused("E_SEQUENCE", cover.at.claim(2)):
        cover.open_claim(2)
    cover.release()
    cover.open_claim(2)
    assert cover.claim_state(2).sequence == 2
