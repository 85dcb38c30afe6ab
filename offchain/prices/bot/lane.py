"""One feed: looks whether a price is due, writes it once, and learns from what happens."""

import asyncio
from dataclasses import dataclass, field

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.accounts import AccountError, decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import AsyncChain
from offchain.chain.backends.rpc import RpcError
from offchain.chain.errors import ProgramError
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.transactions import PLAIN, Options, send_async
from offchain.prices.bot.due import Offer, Rules, reason
from offchain.prices.bot.ledger import LANDED, REFUSED, UNKNOWN, Ledger
from offchain.prices.bot.writers import Writer
from offchain.prices.health import Rest
from offchain.prices.status import FeedStatus

LOOK_ROUNDS = 10
"""The feed is read again after so many rounds even when nothing seems due: others may write it too."""
RPC = "RPC"
"""Counted when the node could not be asked."""
MISSING = "MISSING"
"""Counted when there is no such feed on the chain."""


@dataclass
class FeedLane:
    """One feed of the bot."""

    pair: str
    feed: Pubkey
    """Address of the feed's account."""
    writer: Writer
    chain: AsyncChain
    at: Addresses
    signers: list[Keypair]
    """The first one pays."""
    ledger: Ledger
    terms: Rules
    options: Options = PLAIN
    counts: dict[str, int] = field(default_factory=dict)
    """`landed`, `unknown`, `RPC` or a program's code -> how often."""
    message: str = ""
    """Why nothing is written, empty when all is well."""
    _objection: str = ""
    _known: PriceFeed | None = None
    _is_current: bool = False
    _rounds: int = 0
    _rest: Rest = field(default_factory=lambda: Rest(fail_after=1))

    async def round(self) -> None:
        """Look at the feed once and write what is due; failures are counted and make it wait longer and longer."""
        if not self._rest.is_due():
            return
        try:
            await self._turn()
        except ProgramError as error:
            self._trouble(error.code, str(error))
        except RpcError as error:
            self._trouble(RPC, str(error))
        except AccountError:
            self._trouble(MISSING, "the feed is not open yet: run `percosec deploy`, which opens it")
        else:
            self._rest.answered()

    def status(self) -> FeedStatus:
        """The feed as it was last seen."""
        known = self._known
        return FeedStatus(
            pair=self.pair,
            feed=str(self.feed),
            source=self.writer.source,
            price=known.price if known else 0,
            publish_time=known.publish_time if known else 0,
            provisional=known.provisional if known else False,
            message=self.message,
        )

    async def _turn(self) -> None:
        self._rounds += 1
        known = self._known
        if known is None or not self._is_current or self._rounds % LOOK_ROUNDS == 0:
            known = await self._look()
        if self._objection:
            self.message = self._objection
            return
        now = await self.chain.now()
        offer = await self.writer.offer(known, now)
        if offer is None or offer.publish_time + self.terms.max_age < now:
            self.message = "there is no fresh price"
            return
        self.message = ""
        # An oracle's account may be a moment ahead of the chain's clock.
        if offer.publish_time > now or not reason(known, offer, self.terms):
            return
        # Somebody else may have written the feed since it was last read.
        known = await self._look()
        why = reason(known, offer, self.terms)
        if why:
            await self._write(known, offer, why)

    async def _look(self) -> PriceFeed:
        """Read the feed; what it holds settles what became of pushes whose end nobody saw."""
        account = await self.chain.account(self.feed)
        found = decode_account(PriceFeed, account, self.at.risk_engine, self.feed)
        self._known, self._is_current = found, True
        self._objection = self.writer.objection(found)
        await asyncio.to_thread(self.ledger.settle, found.publish_time)
        return found

    async def _write(self, known: PriceFeed, offer: Offer, why: str) -> None:
        number = await asyncio.to_thread(self.ledger.begin, offer, why)
        if number is None:
            return
        try:
            outcome = await send_async(
                self.chain, [self.writer.instruction(known, offer)], self.signers, self.options, self.at
            )
        except ProgramError as error:
            await asyncio.to_thread(self.ledger.finish, number, REFUSED, error.code)
            raise
        except RpcError:
            # It may have landed all the same. The next try takes a newer price, after a look at the feed.
            await asyncio.to_thread(self.ledger.finish, number, UNKNOWN, RPC)
            raise
        await asyncio.to_thread(self.ledger.finish, number, LANDED, "", str(outcome.signature))
        self._count(LANDED)
        await self._look()

    def _trouble(self, code: str, message: str) -> None:
        self._count(code)
        self._is_current = False
        self.message = message
        self._rest.failed(0)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1
