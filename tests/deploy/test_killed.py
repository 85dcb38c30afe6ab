"""A deployment that is killed (kill -9) at many points goes on where it stopped and loses nothing."""

import subprocess
from collections.abc import Callable
from threading import Lock

from solders.transaction import VersionedTransaction

from offchain.chain.addresses import LOCALNET, UPGRADEABLE_LOADER
from offchain.chain.keys import dev_key, development_admin
from offchain.deploy.chunks import buffer_address, chunk_size
from offchain.deploy.loader_state import read_buffer
from offchain.deploy.upload import IN_FLIGHT
from offchain.localnet.chain import LocalChain
from offchain.localnet.events import Changes
from offchain.localnet.records import TransactionRecord
from offchain.localnet.server import serving
from offchain.settings.paths import ARTIFACTS
from tests.deploy.stage import SECONDS, START, deploy, protocol_accounts, start

AHEAD = 1_000_000
"""Lamports that a stranger sends to addresses before they are used."""
WRITE = (1).to_bytes(4, "little")
"""How the loader's instruction Write begins."""
Moment = Callable[[TransactionRecord, int], bool]


def _says(text: str, times: int = 1) -> Moment:
    """When a log line holds `text` for the `times`-th time."""
    seen = [0]

    def now(record: TransactionRecord, _count: int) -> bool:
        seen[0] += any(text in line for line in record.logs)
        return seen[0] == times

    return now


def _after(transactions: int) -> Moment:
    """When so many more transactions have landed."""
    return lambda _record, count: count == transactions


MOMENTS: list[tuple[str, Moment]] = [
    ("the first buffer was made", _after(2)),
    ("in the middle of the first buffer", _after(300)),
    ("a program was just deployed", _says("Deployed program")),
    ("in the middle of another buffer", _after(200)),
    ("the fourth program was just deployed", _says("Deployed program", 3)),
    ("an IDL account was just made", _says("Instruction: IdlCreateAccount")),
    ("in the middle of an IDL", _says("Instruction: IdlWrite", 2)),
    ("the mint was just made", _says("Instruction: InitializeMint")),
    ("half of the configs were made", _says("Instruction: InitConfig")),
    ("in the middle of a market", _says("Instruction: OpenMarket")),
    ("a market was registered but has no terms", _says("Instruction: Register")),
]
"""Where the process is killed, one run after the other."""


class Killer:
    """Kills a process the moment a transaction lands."""

    def __init__(self, moment: Moment) -> None:
        self._moment = moment
        self._count = 0
        self._lock = Lock()
        self.process: subprocess.Popen[str] | None = None
        self.struck = False

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        """Strike before the answer is on its way."""
        with self._lock:
            self._count += 1
            if not self.struck and self.process is not None and self._moment(record, self._count):
                self.process.kill()
                self.struck = True

    def slot_changed(self, slot: int, parent: int) -> None:
        """Of no interest."""


def test_killed_at_many_points_and_resumed() -> None:
    chain = LocalChain(clock="driven", start=START)
    admin = development_admin().pubkey()
    chain.airdrop(admin, 100 * 10**9)
    _send_lamports_ahead(chain)
    with serving(chain) as endpoints:
        for name, moment in MOMENTS:
            killer = Killer(moment)
            chain.listen(killer)
            killer.process = start(endpoints.http, "--json", "--yes")
            output, errors = killer.process.communicate(timeout=SECONDS)
            chain.unlisten(killer)
            assert killer.struck, f"never came to: {name}\n{output}\n{errors}"
            assert killer.process.returncode == -9
        last = deploy(endpoints.http)
        assert last.code == 0, last.errors
        assert all(finding["ok"] for finding in last.document["verified"])
        count, before = chain.transaction_count, protocol_accounts(chain)
        again = deploy(endpoints.http)
        assert again.titles == []
        assert (chain.transaction_count, protocol_accounts(chain)) == (count, before)
    assert not [key for key, account in chain.accounts_owned_by(UPGRADEABLE_LOADER) if read_buffer(account)]
    _nothing_was_lost(chain)
    _little_was_written_twice(chain)


def _send_lamports_ahead(chain: LocalChain) -> None:
    """Anybody can compute the addresses and put lamports there beforehand, which must stop nothing."""
    admin = development_admin().pubkey()
    buffers = [buffer_address(admin, name) for name in ("risk_engine", "insurance_pool")]
    for key in (LOCALNET.premium_manager, LOCALNET.risk_config, dev_key("usdc_mint").pubkey(), *buffers):
        chain.airdrop(key, AHEAD)


def _nothing_was_lost(chain: LocalChain) -> None:
    """What the admin has less now lies in accounts of the protocol or was paid as fees."""
    admin = chain.account(development_admin().pubkey())
    assert admin is not None
    fees = sum(record.fee for record in chain.transactions() if record.keys[0] == development_admin().pubkey())
    held = sum(account.lamports for account in protocol_accounts(chain).values())
    assert 100 * 10**9 - admin.lamports == fees + held - _preinstalled() - 5 * AHEAD


def _preinstalled() -> int:
    """Lamports in accounts of the loader and the token program that every local chain begins with."""
    return sum(account.lamports for account in protocol_accounts(LocalChain(clock="driven", start=START)).values())


def _little_was_written_twice(chain: LocalChain) -> None:
    """Only what was in flight when the process died was written again."""
    needed = sum(-(-len(path.read_bytes()) // chunk_size(0)) for path in (ARTIFACTS / "deploy").glob("*.so"))
    writes = sum(_is_write(record) for record in chain.transactions())
    assert needed <= writes <= needed + IN_FLIGHT * 5


def _is_write(record: TransactionRecord) -> bool:
    """Whether it carries a piece of a buffer, however short the last one is."""
    message = VersionedTransaction.from_bytes(record.wire).message
    return any(
        message.account_keys[found.program_id_index] == UPGRADEABLE_LOADER and found.data[:4] == WRITE
        for found in message.instructions
    )
