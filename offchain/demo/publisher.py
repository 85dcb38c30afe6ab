"""The price bot, which also turns each epoch's cranks: statistics, reserve, score, sync, fees and premiums."""

from dataclasses import dataclass

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.breach import in_danger
from offchain.chain.instructions import demo_market, insurance_pool, premium_manager, risk_engine
from offchain.demo.desk import Desk
from offchain.demo.scenario import DAY
from offchain.demo.session import Session
from offchain.demo.timeline import Publication
from offchain.demo.wallets import Wallet

CONFIDENCE_PART = 2_000
"""The confidence published is the price divided by this: 0.05 %."""


@dataclass(frozen=True)
class Cranks:
    """One market's cranks; they never change, so they are built once."""

    duties: tuple[Instruction, ...]
    """Statistics, reserve and score: due once an epoch, in this order."""
    sync: Instruction


class Publisher:
    """One publisher for all markets."""

    def __init__(self, session: Session, me: Wallet) -> None:
        self._session = session
        self._me = me
        self._cranks: dict[Pubkey, Cranks] = {}

    def publish(self, desk: Desk, publication: Publication, now: int) -> bool:
        """Publish a price of chain time `now`; true when the market was synced to it, so that trading is possible.

        Between the epochs' first prices a sync is only worth its fee when a position could be liquidated.
        """
        me, price = self._me, publication.price
        push = risk_engine.push_price(me.key, desk.feed, price, price // CONFIDENCE_PART, now)
        if publication.first:
            self._turn(desk, push)
            return True
        if in_danger(desk.market, [held.account for held in desk.open.values()], price):
            self._session.send(me, push, self._cranks_of(desk).sync)
            desk.refresh_market()
            return True
        self._session.send(me, push)
        return False

    def _turn(self, desk: Desk, push: Instruction) -> None:
        me, cranks = self._me, self._cranks_of(desk)
        if not desk.market.synced:
            # A market learns its calendar with its first sync; before that it has no statistics to push.
            self._session.send(me, push, cranks.sync)
            self._session.send(me, *cranks.duties, cranks.sync)
        else:
            self._session.send(me, push, *cranks.duties, cranks.sync)
        desk.refresh()
        self._route(desk)
        if desk.played % DAY == 0 and desk.played:
            self._session.send(me, premium_manager.report_arrears(me.key, desk.market_id))

    def _cranks_of(self, desk: Desk) -> Cranks:
        key, market_id = self._me.key, desk.market_id
        if market_id not in self._cranks:
            duties = (
                demo_market.push_statistics(key, market_id),
                insurance_pool.report_reserve(key, market_id),
                risk_engine.update_score(key, market_id, desk.feed),
            )
            self._cranks[market_id] = Cranks(duties, risk_engine.sync_market(key, market_id, desk.feed))
        return self._cranks[market_id]

    def _route(self, desk: Desk) -> None:
        """Hand over what fees are due and send the premium on, while there is any: only then it pays a bounty."""
        me, market_id = self._me, desk.market_id
        due = []
        if desk.market.fees_due:
            due.append(demo_market.settle_fees(me.key, market_id))
        if desk.pool.total_offset > desk.premium.acknowledged_offset:
            due.append(insurance_pool.report_offset(me.key, market_id))
        if desk.market.fees_due or desk.premium.escrow_ledger:
            due.append(premium_manager.route_premiums(me.key, market_id, me.token))
        if due:
            self._session.send(me, *due)
            desk.refresh()
