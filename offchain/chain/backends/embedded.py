"""A chain inside this process: the quick backend of tests and the demo."""

from collections.abc import Sequence

from solders.account import Account
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.backends.base import Outcome
from offchain.chain.errors import program_error
from offchain.localnet.chain import LocalChain
from offchain.localnet.errors import TransactionRefusedError


class EmbeddedChain:
    """The `Chain` interface over a LocalChain; its own features stay reachable as `local`."""

    def __init__(self, local: LocalChain) -> None:
        self.local = local

    def send(self, transaction: VersionedTransaction) -> Outcome:
        """Land the transaction; ProgramError when it may not land."""
        try:
            record = self.local.send(transaction)
        except TransactionRefusedError as error:
            raise program_error(error.err, error.logs) from error
        return Outcome(record.signature, record.err, record.logs, record.units, record.slot, record.block_time)

    def simulate(self, transaction: VersionedTransaction) -> Outcome:
        """Try it with any blockhash and without checking signatures."""
        tried = self.local.simulate(transaction, replace_blockhash=True)
        return Outcome(transaction.signatures[0], tried.err, tried.logs, tried.units, tried.slot, 0)

    def preview(
        self, transaction: VersionedTransaction, addresses: Sequence[Pubkey]
    ) -> tuple[Outcome, list[Account | None]]:
        """As `simulate`, and these accounts of the transaction as they would be afterwards (None after a failure)."""
        tried = self.local.simulate(transaction, replace_blockhash=True)
        outcome = Outcome(transaction.signatures[0], tried.err, tried.logs, tried.units, tried.slot, 0)
        return outcome, [None if tried.err is not None else tried.after[address] for address in addresses]

    def account(self, address: Pubkey) -> Account | None:
        """The account, None where there is none."""
        return self.local.account(address)

    def accounts(self, addresses: Sequence[Pubkey]) -> list[Account | None]:
        """Several accounts, in the order asked for."""
        return [self.local.account(address) for address in addresses]

    def owned_by(self, program: Pubkey, start: bytes = b"") -> list[tuple[Pubkey, Account]]:
        """Every account of a program; with `start` those whose data begin with it."""
        found = self.local.accounts_owned_by(program)
        return [(key, account) for key, account in found if account.data.startswith(start)]

    def blockhash(self) -> Hash:
        """The latest blockhash."""
        return self.local.latest_blockhash()

    def now(self) -> int:
        """Chain time in seconds."""
        return self.local.unix_timestamp
