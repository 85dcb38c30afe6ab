"""The keeper that liquidates, reports deficits and executes claims, and collects its fees for them."""

from solders.instruction import Instruction

from offchain.chain.addresses import LOCALNET
from offchain.chain.breach import counted_deficit, find_breach
from offchain.chain.events.base import Event
from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import ClaimEvent, NoClaim
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool
from offchain.chain.units import format_price
from offchain.demo.desk import Desk, NoClaimRow, OpenPosition
from offchain.demo.session import Receipt, Session
from offchain.demo.wallets import Wallet
from offchain.demo.words import lost, usdc
from offchain.settings.parameters import Parameters

CLAIM_TRANSACTION = "claim_transaction"
"""Name under which the compute units of whole claim transactions are counted."""


class Liquidator:
    """One liquidator for all markets; it acts whenever a market was synced to a new price."""

    def __init__(self, session: Session, me: Wallet, parameters: Parameters) -> None:
        self._session = session
        self._me = me
        self._parameters = parameters

    def watch(self, desk: Desk) -> list[PositionLiquidated]:
        """Liquidate every position that is in breach at the market's newest prices."""
        done = []
        for address, held in list(desk.open.items()):
            breach = find_breach(
                desk.market, held.account, self._parameters.keeper_min_bps, self._parameters.keeper_min_max
            )
            if breach is None:
                continue
            counted = counted_deficit(desk.market, held.account, breach)
            receipt = self._liquidate(desk, held, counted)
            del desk.open[address]
            done += self._note(desk, held, receipt)
            desk.refresh()
        return done

    def collect_claim_fees(self, desk: Desk) -> int:
        """Collect the executor's part of every claim executed here; returns atoms."""
        before = desk.balance(self._me)
        for sequence in range(1, desk.registry.next_sequence):
            record = desk.read(ClaimRecord, desk.at.claim(sequence), LOCALNET.insolvency_handler)
            if record.executor == self._me.key and record.executor_fee and not record.fee_collected:
                self._session.send(
                    self._me,
                    insolvency_handler.collect_claim_fee(self._me.key, desk.market_id, sequence, self._me.token),
                )
        return desk.balance(self._me) - before

    def _liquidate(self, desk: Desk, held: OpenPosition, counted: int) -> Receipt:
        """One transaction: the liquidation, and with a deficit its report and, above the threshold, the payout."""
        me, market_id, registry = self._me.key, desk.market_id, desk.registry
        sequence = registry.next_sequence
        liquidation = demo_market.execute_liquidation(me, market_id, held.owner.key, held.account.nonce, self._me.token)
        if counted == 0:
            return self._session.send(self._me, liquidation)
        instructions: list[Instruction] = []
        if self._session.chain.account(desk.at.claim(sequence)) is None:
            instructions.append(insolvency_handler.open_claim(me, market_id, sequence))
        instructions += [liquidation, demo_market.report(me, market_id, sequence)]
        claimable = desk.market.deficit_counter + counted - registry.settled
        if claimable <= registry.threshold:
            return self._session.send(self._me, *instructions)
        receipt = self._session.send(self._me, *instructions, insurance_pool.release_funds(me, market_id, sequence))
        self._session.meter.note(CLAIM_TRANSACTION, receipt.units)
        return receipt

    def _note(self, desk: Desk, held: OpenPosition, receipt: Receipt) -> list[PositionLiquidated]:
        found = []
        for event in receipt.events:
            if isinstance(event, PositionLiquidated):
                found.append(event)
            self._tell(desk, held, receipt, event)
        desk.records.liquidations += found
        return found

    def _tell(self, desk: Desk, held: OpenPosition, receipt: Receipt, event: Event) -> None:
        if isinstance(event, PositionLiquidated):
            desk.state.liquidations += 1
            deficit = f", deficit {lost(event.deficit)}" if event.deficit else ""
            desk.tell(f"{held.name} is liquidated at {format_price(event.price)} USD{deficit}", "bad")
        elif isinstance(event, NoClaim):
            desk.records.no_claims.append(NoClaimRow(desk.played, event.unsettled, event.threshold, receipt.signature))
            desk.tell(
                f"NoClaim: {lost(event.unsettled)} unsettled, threshold {usdc(event.threshold)}",
                "quiet",
            )
        elif isinstance(event, ClaimEvent):
            desk.records.claim_signatures[event.sequence] = receipt.signature
            desk.state.paid += event.payout_amount
            desk.state.uncovered += event.uncovered
            rest = f", {lost(event.uncovered)} stay uncovered" if event.uncovered else ""
            desk.tell(
                f"claim {event.sequence}: the pool pays {lost(event.payout_amount)} "
                f"of a deficit of {lost(event.deficit_amount)}{rest}",
                "good" if event.fully_covered else "bad",
            )
