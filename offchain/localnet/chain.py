"""The local chain as an object: send, simulate, read, and move its clock."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from solders.account import Account
from solders.hash import Hash
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction

from offchain.localnet.accounts import AccountStore
from offchain.localnet.clock import Mode
from offchain.localnet.decode import Decoded, parse, resolve, verify
from offchain.localnet.errors import LocalnetError, TransactionRefusedError
from offchain.localnet.events import ChainListener, Changes, Listeners
from offchain.localnet.execution import Execution, Executor
from offchain.localnet.faucet import Faucet
from offchain.localnet.history import History
from offchain.localnet.journal import Head, Journal
from offchain.localnet.machine import new_machine
from offchain.localnet.programs import deployed_by_transaction, program_accounts, program_data_address, read_elf
from offchain.localnet.recording import record_of
from offchain.localnet.records import TransactionRecord
from offchain.localnet.simulation import Simulation, executed, refused
from offchain.localnet.timeline import Timeline

AnyTransaction = bytes | VersionedTransaction


class LocalChain:
    """A Solana chain inside this process; several threads may use it.

    It refuses what a validator refuses: wrong or missing signatures, unknown or expired blockhashes, repeated or
    oversized transactions, writes to reserved keys, accounts below their rent.
    """

    def __init__(
        self,
        *,
        clock: Mode = "driven",
        start: int | None = None,
        programs: Mapping[Pubkey, Path] | None = None,
        authority: Pubkey | None = None,
        state: Path | None = None,
    ) -> None:
        """Make a chain, or go on with the one in the file `state`.

        `start` is the unix time of genesis in seconds, now by default; a real clock runs on from it by itself.
        `programs` maps program ids to `.so` files, `authority` may upgrade them. What a driven chain with a given
        `start` does follows from its input alone, blockhashes included. Raises LocalnetError for a missing or wrong
        `.so`, a damaged, foreign or busy state file, and a start time before the state's.
        """
        self._lock = RLock()
        self._svm = new_machine()
        self._accounts = AccountStore(self._svm)
        self._executor = Executor(self._svm, self._accounts)
        self._history = History()
        self._processed: set[Hash] = set()
        self._listeners = Listeners()
        self._time = Timeline(self._svm, self._listeners, clock, start)
        self._one_slot = False
        self._journal = Journal(state) if state is not None else None
        try:
            self._begin(start, programs or {}, authority)
        except BaseException:
            if self._journal is not None:
                self._journal.close()
            raise

    @property
    def genesis_hash(self) -> Hash:
        """The first blockhash: the chain's name."""
        return self._time.genesis_hash

    # Time

    @property
    def clock_mode(self) -> Mode:
        """Whether time runs by itself or is driven."""
        return self._time.clock.mode

    @property
    def slot(self) -> int:
        """The slot the next transaction lands in."""
        with self._up_to_date():
            return self._time.clock.slot

    @property
    def block_height(self) -> int:
        """Blocks since genesis; a transaction with the latest blockhash is good for 150 more."""
        with self._up_to_date():
            return self._time.clock.height

    @property
    def unix_timestamp(self) -> int:
        """Chain time in seconds since 1970: what programs read."""
        with self._up_to_date():
            return self._time.clock.unix_timestamp

    @property
    def epoch(self) -> int:
        """Solana's epoch of 432 000 slots."""
        with self._up_to_date():
            return self._time.clock.epoch

    def time_of_slot(self, slot: int) -> int:
        """Unix time of a slot: of its transaction, else of the last one before it, else of genesis."""
        with self._lock:
            record = self._history.last_at(slot)
            return record.block_time if record is not None else self._time.clock.genesis_timestamp

    def warp_to(self, unix_time: int, blocks: int | None = None) -> None:
        """Driven clocks only: go forward to this time (seconds).

        Slots and blockhash ages follow; `blocks` is the most that may pass, for a jump that transactions outlive.
        """
        with self._lock:
            self._time.warp_to(unix_time, blocks)
            self._save()

    def advance(self, seconds: int, blocks: int | None = None) -> None:
        """Driven clocks only: go forward by this many seconds, in at most `blocks` blocks."""
        with self._lock:
            self.warp_to(self._time.clock.unix_timestamp + seconds, blocks)

    @contextmanager
    def one_slot(self) -> Iterator[None]:
        """Let every transaction sent inside land in one and the same slot, as they may on a busy chain."""
        with self._lock:
            self._one_slot = True
        try:
            yield
        finally:
            with self._lock:
                self._one_slot = False
                self._time.next_slot()

    # Transactions

    def latest_blockhash(self) -> Hash:
        """A blockhash for the next transaction; a new one after every transaction."""
        with self._up_to_date():
            return self._time.blockhashes.latest

    def last_valid_block_height(self) -> int:
        """Until which block height the latest blockhash is good."""
        with self._up_to_date():
            return self._time.blockhashes.last_valid_height()

    def is_blockhash_valid(self, blockhash: Hash) -> bool:
        """Whether a transaction with this blockhash may land now."""
        with self._up_to_date():
            return self._time.accepts(blockhash)

    def send(self, transaction: AnyTransaction, *, preflight: bool = False) -> TransactionRecord:
        """Run a signed transaction and keep its effects; look at `.err` of the answer.

        Raises MalformedTransactionError for bytes that are none, TransactionRefusedError if it may not land. With
        `preflight` a transaction that fails does not land either, and costs nothing.
        """
        parsed = parse(transaction)
        message_hash = verify(parsed)
        with self._up_to_date():
            self._check_fresh(parsed, message_hash)
            decoded = resolve(parsed, self._accounts.get)
            execution = self._executor.run(decoded)
            if preflight and execution.err is not None:
                self._executor.take_back(decoded, execution)
                raise TransactionRefusedError(execution.err, execution.logs, execution.units)
            return self._land(decoded, message_hash, execution)

    def simulate(
        self, transaction: AnyTransaction, *, verify_signatures: bool = False, replace_blockhash: bool = False
    ) -> Simulation:
        """Try a transaction and take it back. Raises MalformedTransactionError only; refusals are in `.err`.

        Signatures are checked on request; with `replace_blockhash` any blockhash will do.
        """
        with self._up_to_date():
            try:
                parsed = parse(transaction)
                if verify_signatures:
                    verify(parsed)
                if not replace_blockhash:
                    self._check_fresh(parsed, parsed.message.hash())
                decoded = resolve(parsed, self._accounts.get)
                execution = self._executor.run(decoded)
            except TransactionRefusedError as error:
                return refused(self._time.clock.slot, error)
            self._executor.take_back(decoded, execution)
            return executed(self._time.clock.slot, decoded, execution)

    def airdrop(self, to: Pubkey, lamports: int) -> TransactionRecord:
        """Pay `lamports` from the faucet, by a real transaction. Raises TransactionRefusedError if that fails."""
        with self._up_to_date():
            return self.send(self._faucet.payment(to, lamports, self._time.blockhashes.latest), preflight=True)

    # What there is

    def account(self, address: Pubkey) -> Account | None:
        """The account, or None if it does not exist."""
        with self._up_to_date():
            return self._accounts.get(address)

    def accounts_owned_by(self, owner: Pubkey) -> list[tuple[Pubkey, Account]]:
        """Every account of this owner."""
        with self._lock:
            return list(self._accounts.owned_by(owner))

    def transaction(self, signature: Signature) -> TransactionRecord | None:
        """The landed transaction with this signature."""
        with self._lock:
            return self._history.find(signature)

    def transactions(self) -> list[TransactionRecord]:
        """Every landed transaction in the order of landing."""
        with self._lock:
            return list(self._history.records)

    def transactions_in(self, slot: int) -> list[TransactionRecord]:
        """The transactions of one slot in the order of landing."""
        with self._lock:
            return self._history.in_slot(slot)

    @property
    def transaction_count(self) -> int:
        """How many transactions landed."""
        return len(self._history.records)

    def transactions_of(
        self, address: Pubkey, before: Signature | None = None, until: Signature | None = None, limit: int = 1000
    ) -> list[TransactionRecord]:
        """Up to `limit` transactions that name `address`, newest first, between `before` and `until` (without them)."""
        with self._lock:
            found = self._history.touching(address, before, until)
            return [record for record, _ in zip(found, range(limit), strict=False)]

    # Beyond what a user of a real chain can do

    def set_account(self, address: Pubkey, account: Account | None) -> None:
        """Put an account in place past every rule of the runtime, or remove it: for tests and set-up."""
        with self._lock:
            self._accounts.put(address, account)
            self._save(((address, account),))

    def add_program(self, program: Pubkey, path: Path, authority: Pubkey | None = None) -> None:
        """Put the `.so` file at `path` in place as upgradeable program `program`."""
        with self._lock:
            for address, account in program_accounts(program, read_elf(path), authority):
                self.set_account(address, account)

    def listen(self, listener: ChainListener) -> None:
        """Tell `listener` about transactions and slots from now on."""
        with self._lock:
            self._listeners.add(listener)

    def unlisten(self, listener: ChainListener) -> None:
        """Tell it no more."""
        with self._lock:
            self._listeners.remove(listener)

    def tick(self) -> None:
        """With a real clock, catch up, so that listeners hear of slots in which nothing landed."""
        with self._up_to_date():
            pass

    def save(self, path: Path) -> None:
        """Write the whole chain into a new state file at `path`, whatever `state` it was made with."""
        with self._lock:
            copy = Journal(path)
            if copy.head() is not None:
                copy.close()
                raise LocalnetError(f"{path} already holds a chain: give another file or remove it")
            copy.write(self._head(), self._accounts.all(), self._history.records)
            copy.close()

    def close(self) -> None:
        """Save and release the state file."""
        with self._lock:
            if self._journal is not None:
                self._save()
                self._journal.close()
                self._journal = None

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Keep other threads out, so that several reads fit together."""
        with self._lock:
            yield

    # Inside

    @contextmanager
    def _up_to_date(self) -> Iterator[None]:
        with self._lock:
            self._time.follow()
            yield

    def _check_fresh(self, transaction: VersionedTransaction, message_hash: Hash) -> None:
        if not self._time.accepts(transaction.message.recent_blockhash):
            raise TransactionRefusedError("BlockhashNotFound")
        if message_hash in self._processed:
            raise TransactionRefusedError("AlreadyProcessed")

    def _land(self, decoded: Decoded, message_hash: Hash, execution: Execution) -> TransactionRecord:
        clock = self._time.clock
        record = record_of(decoded, execution, clock.slot, clock.unix_timestamp, self._accounts.get)
        changes: Changes = [
            (key, before, after)
            for key, before, after in zip(decoded.keys, execution.before, execution.after, strict=True)
            if before != after
        ]
        self._processed.add(message_hash)
        self._history.add(record, decoded.keys)
        self._time.next_blockhash(record.raw_signature)
        self._listeners.transaction_landed(record, changes)
        if not self._one_slot:
            self._time.next_slot()
        self._save(((key, after) for key, _, after in changes), (record,))
        return record

    def _begin(self, start: int | None, programs: Mapping[Pubkey, Path], authority: Pubkey | None) -> None:
        head = self._journal.head() if self._journal is not None else None
        if self._journal is not None and head is not None:
            self._restore(self._journal, head, start)
        self._faucet = Faucet(self.genesis_hash)
        if head is None:
            self.set_account(self._faucet.address, self._faucet.account())
        for program, path in programs.items():
            # What a transaction deployed outlives a restart, as everything else that transactions did.
            if not deployed_by_transaction(self._accounts.get(program_data_address(program))):
                self.add_program(program, path, authority)

    def _head(self) -> Head:
        return Head(bytes(self.genesis_hash), bytes(self._time.blockhashes.latest), self._time.clock.state())

    def _save(
        self,
        accounts: Iterable[tuple[Pubkey, Account | None]] = (),
        records: Iterable[TransactionRecord] = (),
    ) -> None:
        if self._journal is not None:
            self._journal.write(self._head(), accounts, records)

    def _restore(self, journal: Journal, head: Head, start: int | None) -> None:
        hashes = Hash.from_bytes(head.genesis_hash), Hash.from_bytes(head.latest_blockhash)
        self._time.resume(*hashes, head.clock, start)
        for address, account in journal.accounts():
            self._accounts.put(address, account)
        for record in journal.records():
            self._history.add(record, record.keys)
            self._processed.add(record.message_hash)
