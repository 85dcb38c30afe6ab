"""The price bot, which also turns each epoch's cranks: statistics, reserve, score, sync, fees and premiums."""

from solders.instruction import Instruction

from offchain.chain.instructions import demo_market, insurance_pool, premium_manager, risk_engine
from offchain.demo.breach import in_danger
from offchain.demo.desk import Desk
from offchain.demo.scenario import DAY
from offchain.demo.session import Session
from offchain.demo.timeline import Publication
from offchain.demo.wallets import Wallet

CONFIDENCE_PART = 2_000
"""The confidence published is the price divided by this: 0.05 %."""


class Publisher:
    """One publisher for all markets."""

    def __init__(self, session: Session, me: Wallet) -> None:
        self._session = session
        self._me = me

    def publish(self, desk: Desk, publication: Publication, now: int) -> bool:
        """Publish a price of chain time `now`; true when the market was synced to it, so that trading is possible.

        Between the epochs' first prices a sync is only worth its fee when a position could be liquidated.
        """
        push = risk_engine.push_price(
            self._me.key, desk.feed, publication.price, publication.price // CONFIDENCE_PART, now
        )
        sync = risk_engine.sync_market(self._me.key, desk.market_id, desk.feed)
        if publication.first:
            self._crank(desk, push, sync)
            return True
        if in_danger(desk.market, [held.account for held in desk.open.values()], publication.price):
            self._session.send(self._me, push, sync)
            desk.refresh_market()
            return True
        self._session.send(self._me, push)
        return False

    def _crank(self, desk: Desk, push: Instruction, sync: Instruction) -> None:
        me, market_id = self._me, desk.market_id
        if not desk.market.synced:
            # A market learns its calendar with its first sync; before that it has no statistics to push.
            self._session.send(me, push, sync)
            self._session.send(me, *self._duties(desk), sync)
        else:
            self._session.send(me, push, *self._duties(desk), sync)
        desk.refresh()
        self._route(desk)
        if desk.played % DAY == 0 and desk.played:
            self._session.send(me, premium_manager.report_arrears(me.key, market_id))

    def _duties(self, desk: Desk) -> tuple[Instruction, ...]:
        me, market_id = self._me.key, desk.market_id
        return (
            demo_market.push_statistics(me, market_id),
            insurance_pool.report_reserve(me, market_id),
            risk_engine.update_score(me, market_id, desk.feed),
        )

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
