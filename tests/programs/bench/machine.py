"""A LiteSVM with our programs, a mint and a clock, on which every key counts as having signed.

The authorities that programs accept from each other are addresses without keys; a test plays them by naming them as
signers. All checks of the programs themselves are real, and each run goes through the executor of the local chain,
which demotes reserved keys and checks rent as a validator does.
"""

import json
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from solders.account import Account
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.litesvm import LiteSVM
from solders.message import Message
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.transaction import VersionedTransaction

from offchain.chain.accounts import Decodable, decode_account
from offchain.chain.addresses import COMPUTE_BUDGET, LOCALNET, PROGRAMS, SYSTEM_PROGRAM, TOKEN_PROGRAM
from offchain.chain.errors import program_error
from offchain.chain.events import Event, parse_events
from offchain.chain.transactions import with_loader
from offchain.localnet.accounts import AccountStore
from offchain.localnet.decode import parse, resolve
from offchain.localnet.execution import Executor
from offchain.localnet.programs import program_accounts, read_elf
from offchain.settings.paths import ARTIFACTS, DEV_ADMIN
from tests.support.failing import failing

GENESIS = 1_700_000_000
EPOCH = 900
START_EPOCH = 100
USDC = 1_000_000
LAMPORTS = 10**11
MAX_UNITS = Instruction(COMPUTE_BUDGET, b"\x02" + struct.pack("<I", 1_400_000), [])
MAX_UNITS_COST = 150
"""Compute units of that instruction itself."""

A = TypeVar("A", bound=Decodable)


class Machine:
    """The chain of one test, at the start of START_EPOCH."""

    def __init__(self, programs: Sequence[str] = PROGRAMS) -> None:
        """With the named programs: each takes a while to load."""
        self.svm = LiteSVM().with_blockhash_check(False).with_sigverify(False).with_transaction_history(0)
        self.store = AccountStore(self.svm)
        self.executor = Executor(self.svm, self.store)
        for name in programs:
            elf = read_elf(ARTIFACTS / "deploy" / f"{name}.so")
            for address, account in program_accounts(LOCALNET.programs[name], elf, None):
                self.store.put(address, account)
        self.units = 0
        """Compute units of the last transaction, without the budget instruction."""
        self.slot = 1
        self.sent = 0
        self.now = 0
        self.payer = self.wallet()
        self.admin = Pubkey.from_string(json.loads(DEV_ADMIN.read_text())["public_key"])
        self.fund(self.admin)
        self.mint = self.new_mint()
        self.to_epoch(START_EPOCH)

    # Time

    @property
    def epoch(self) -> int:
        """The protocol's epoch now."""
        return (self.now - GENESIS) // EPOCH

    def to_epoch(self, epoch: int) -> None:
        """Go to the start of an epoch."""
        self.to_time(GENESIS + epoch * EPOCH)

    def later(self, epochs: int) -> None:
        """Let whole epochs pass."""
        self.to_time(self.now + epochs * EPOCH)

    def to_time(self, now: int) -> None:
        """Set the clock to a unix time."""
        self.now = now
        self.slot += 1
        clock = self.svm.get_clock()
        clock.unix_timestamp = now
        clock.slot = self.slot
        self.svm.set_clock(clock)

    @property
    def clock_slot(self) -> int:
        """The slot that programs read."""
        return int(self.svm.get_clock().slot)

    # Transactions

    def send(self, *instructions: Instruction) -> list[Event]:
        """Run the instructions in one transaction and return its events; ProgramError when it fails."""
        self.sent += 1
        unique = Hash.from_bytes(self.sent.to_bytes(32, "little"))
        message = Message.new_with_blockhash([MAX_UNITS, *with_loader(instructions)], self.payer, unique)
        signatures = [Signature(self.sent.to_bytes(64, "little"))] * message.header.num_required_signatures
        transaction = VersionedTransaction.populate(message, signatures)
        done = self.executor.run(resolve(parse(transaction), self.store.get))
        if done.err is not None:
            raise program_error(done.err, done.logs)
        self.units = done.units - MAX_UNITS_COST
        return parse_events(done.logs).events

    @contextmanager
    def refused(self, code: str, *touched: Pubkey) -> Iterator[None]:
        """What happens inside fails with this code, and leaves the accounts `touched` as they were."""
        before = [self.data(key) for key in touched]
        with failing(code):
            yield
        assert [self.data(key) for key in touched] == before

    # Accounts

    def data(self, address: Pubkey) -> bytes | None:
        """The bytes of an account."""
        account = self.store.get(address)
        return None if account is None else bytes(account.data)

    def read(self, kind: type[A], program: Pubkey, address: Pubkey) -> A:
        """An account of one of the programs."""
        return decode_account(kind, self.store.get(address), program, address)

    def change(self, kind: type[A], program: Pubkey, address: Pubkey, **fields: Any) -> None:
        """Write fields of an account past the program: for states that take long to reach."""
        found = self.read(kind, program, address)
        account = self.store.get(address)
        assert account is not None
        values = {field.name: getattr(found, field.name) for field in kind.layout.subcons} | fields
        body = kind.layout.build(values)
        data = bytes(account.data[:8]) + body + bytes(account.data[8 + len(body) :])
        self.store.put(address, Account(account.lamports, data, account.owner))

    def fund(self, key: Pubkey) -> None:
        """Lamports for fees and rents."""
        self.store.put(key, Account(LAMPORTS, b"", SYSTEM_PROGRAM))

    def wallet(self) -> Pubkey:
        """A new key with lamports."""
        key = Keypair().pubkey()
        self.fund(key)
        return key

    def new_mint(self) -> Pubkey:
        """A mint of six decimals as the token program stores it."""
        mint = Keypair().pubkey()
        data = struct.pack("<I32sQBBI32s", 0, bytes(32), 10**18, 6, 1, 0, bytes(32))
        self.store.put(mint, Account(10**9, data, TOKEN_PROGRAM))
        return mint

    def tokens(self, owner: Pubkey, amount: int = 0, mint: Pubkey | None = None) -> Pubkey:
        """A new token account as the token program stores it."""
        address = Keypair().pubkey()
        data = struct.pack("<32s32sQ", bytes(mint or self.mint), bytes(owner), amount)
        data += struct.pack("<I32sBIQQI32s", 0, bytes(32), 1, 0, 0, 0, 0, bytes(32))
        self.store.put(address, Account(10**9, data, TOKEN_PROGRAM))
        return address

    def balance(self, token: Pubkey) -> int:
        """Atoms in a token account."""
        data = self.data(token)
        assert data is not None
        return int(struct.unpack_from("<Q", data, 64)[0])
