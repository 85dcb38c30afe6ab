"""The keeper's book: every transaction it signed, and its halts. The chain is the truth; the book can be completed."""

from dataclasses import dataclass
from time import time_ns

from solders.pubkey import Pubkey
from sqlalchemy import func
from sqlmodel import col, select

from offchain.chain.backends.landed import Landed
from offchain.database.database import Database
from offchain.database.tables.keeper_action import KeeperAction
from offchain.database.tables.keeper_halt import KeeperHalt
from offchain.keeper.job import Job

SENT, DONE, FAILED, REFUSED, EXPIRED = "sent", "done", "failed", "refused", "expired"


@dataclass(frozen=True, slots=True)
class Total:
    """What one duty has cost and earned."""

    duty: str
    transactions: int
    failed: int
    """Of these, those that landed and failed."""
    lamports: int
    usdc: int
    """Atoms."""

    def net(self, sol_price: int) -> int:
        """Income less costs in micro-USD, at `sol_price` micro-USD per SOL; costs rounded up."""
        return self.usdc - cost(self.lamports, sol_price)


def cost(lamports: int, sol_price: int) -> int:
    """Lamports in micro-USD, rounded up."""
    return -(-lamports * sol_price // 10**9)


class Ledger:
    """One wallet's book. Its calls block for some milliseconds; threads may share it."""

    def __init__(self, database: Database, wallet: Pubkey) -> None:
        self._database = database
        self._wallet = str(wallet)

    def sent(self, signature: str, job: Job, cycle: int) -> None:
        """About to be sent; one that a killed process had signed alike but not sent is taken up again."""
        row = KeeperAction(
            signature=signature,
            wallet=self._wallet,
            duty=job.duty,
            subject=str(job.subject),
            key=job.key,
            cycle=cycle,
            sent_ms=now_ms(),
            status=SENT,
        )
        with self._database.session() as session:
            session.merge(row)
            session.commit()

    def landed(self, landed: Landed, usdc: int, code: str) -> None:
        """It landed; `code` is empty when it succeeded."""
        with self._database.session() as session:
            row = session.get_one(KeeperAction, str(landed.signature))
            row.status, row.code = (FAILED, code) if code else (DONE, "")
            row.slot, row.fee, row.units = landed.slot, landed.fee, landed.units
            row.lamports, row.usdc = -landed.payer_change, usdc
            row.settled_ms = now_ms()
            session.add(row)
            session.commit()

    def never_landed(self, signature: str, status: str, code: str = "") -> None:
        """A node refused it, or its blockhash expired: it cost nothing and never will."""
        with self._database.session() as session:
            row = session.get_one(KeeperAction, signature)
            row.status, row.code, row.settled_ms = status, code, now_ms()
            session.add(row)
            session.commit()

    def unknown(self, before_ms: int) -> list[tuple[str, int]]:
        """(signature, time of sending) of transactions sent before, whose end is not in the book."""
        with self._database.reading() as session:
            found = select(KeeperAction.signature, KeeperAction.sent_ms).where(
                KeeperAction.wallet == self._wallet, KeeperAction.status == SENT, col(KeeperAction.sent_ms) <= before_ms
            )
            return [(signature, sent_ms) for signature, sent_ms in session.exec(found)]

    def counted_since(self, unix_ms: int) -> int:
        """From when on spending counts for the caps: this time, or the last lifting of a halt after it."""
        with self._database.reading() as session:
            halt = session.get(KeeperHalt, self._wallet)
            return max(unix_ms, halt.lifted_ms) if halt else unix_ms

    def spent_since(self, unix_ms: int) -> int:
        """Lamports spent by transactions sent since then."""
        with self._database.reading() as session:
            total = select(func.coalesce(func.sum(KeeperAction.lamports), 0)).where(
                KeeperAction.wallet == self._wallet, col(KeeperAction.sent_ms) >= unix_ms
            )
            return int(session.exec(total).one())

    def totals(self) -> list[Total]:
        """Costs and income by duty."""
        landed = (DONE, FAILED)
        with self._database.reading() as session:
            rows = session.exec(
                select(
                    KeeperAction.duty,
                    func.count(),
                    func.sum(func.coalesce(KeeperAction.lamports, 0)),
                    func.sum(func.coalesce(KeeperAction.usdc, 0)),
                )
                .where(KeeperAction.wallet == self._wallet, col(KeeperAction.status).in_(landed))
                .group_by(KeeperAction.duty)
                .order_by(KeeperAction.duty)
            ).all()
            failed = dict(
                session.exec(
                    select(KeeperAction.duty, func.count())
                    .where(KeeperAction.wallet == self._wallet, KeeperAction.status == FAILED)
                    .group_by(KeeperAction.duty)
                ).all()
            )
        return [
            Total(duty, int(count), int(failed.get(duty, 0)), int(lamports), int(usdc))
            for duty, count, lamports, usdc in rows
        ]

    def halt(self, reason: str) -> None:
        """Stop this wallet's keepers until `resume`; the first reason stays."""
        with self._database.session() as session:
            row = session.get(KeeperHalt, self._wallet) or KeeperHalt(wallet=self._wallet, lifted_ms=1)
            if row.lifted_ms:
                row.reason, row.at_ms, row.lifted_ms = reason, now_ms(), 0
                session.add(row)
                session.commit()

    def halted(self) -> str | None:
        """Why this wallet's keepers stand still, None when they don't."""
        with self._database.reading() as session:
            found = session.get(KeeperHalt, self._wallet)
            return found.reason if found and not found.lifted_ms else None

    def resume(self) -> str | None:
        """Lift the halt, and let spending count from now on; returns its reason, None when there was none."""
        with self._database.session() as session:
            found = session.get(KeeperHalt, self._wallet)
            if found is None or found.lifted_ms:
                return None
            found.lifted_ms = now_ms()
            session.add(found)
            session.commit()
            return found.reason


def now_ms() -> int:
    """Unix time in milliseconds, of this machine."""
    return time_ns() // 1_000_000
