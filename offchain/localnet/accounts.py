"""The accounts of the chain: what LiteSVM holds, with an index by owner that LiteSVM does not keep."""

from collections.abc import Iterable, Iterator

from solders.account import Account
from solders.litesvm import LiteSVM
from solders.pubkey import Pubkey

from offchain.localnet.addresses import SYSTEM, SYSVARS
from offchain.localnet.errors import LocalnetError
from offchain.localnet.programs import data_of_program, is_program_data


class AccountStore:
    """Reads and writes accounts, remembers each one it has seen, and knows who owns it.

    Accounts change only through transactions and through `put`, so a remembered account is current; sysvars, which
    the runtime changes by itself, are always read afresh.
    """

    def __init__(self, svm: LiteSVM) -> None:
        """Wrap `svm`; nobody else may change its accounts."""
        self._svm = svm
        self._known: dict[Pubkey, Account | None] = {}
        self._by_owner: dict[Pubkey, dict[Pubkey, None]] = {}
        self._program_of: dict[Pubkey, Pubkey] = {}

    def get(self, key: Pubkey) -> Account | None:
        """The account, or None if it does not exist (an account without lamports does not)."""
        if key in SYSVARS:
            return _existing(self._svm.get_account(key))
        if key not in self._known:
            self._remember(key, _existing(self._svm.get_account(key)))
        return self._known[key]

    def lamports(self, key: Pubkey) -> int:
        """Balance in lamports; 0 for an account that does not exist."""
        account = self.get(key)
        return account.lamports if account is not None else 0

    def put(self, key: Pubkey, account: Account | None) -> None:
        """Replace the account, past every rule of the runtime; None removes it.

        Raises LocalnetError for a program whose bytecode LiteSVM refuses and for a sysvar it cannot read.
        """
        try:
            self._svm.set_account(key, self._runnable(_existing(account)) or Account(0, b"", SYSTEM))
        except Exception as error:  # solders does not export the class
            raise LocalnetError(
                f"{key} is not a program that this chain can run ({error}): build it anew with scripts/build_programs"
            ) from None
        self._remember(key, _existing(account))

    def put_all(self, changes: Iterable[tuple[Pubkey, Account | None]]) -> None:
        """Replace several accounts, each program after its bytecode; a program whose bytecode changed is loaded anew.

        Raises LocalnetError as `put` does.
        """
        later = {}
        for key, account in changes:
            if data_of_program(account) is not None:
                later[key] = account
                continue
            self.put(key, account)
            program = self._program_of.get(key)
            if program is not None:
                later.setdefault(program, self.get(program))
        for program, account in later.items():
            self.put(program, account)

    def owned_by(self, owner: Pubkey) -> Iterator[tuple[Pubkey, Account]]:
        """Every account of this owner that was put or written to since genesis."""
        for key in list(self._by_owner.get(owner, ())):
            account = self._known[key]
            if account is not None:
                yield key, account

    def all(self) -> Iterator[tuple[Pubkey, Account]]:
        """Every existing account this store has seen."""
        for key, account in list(self._known.items()):
            if account is not None:
                yield key, account

    def _runnable(self, account: Account | None) -> Account | None:
        """The account as the machine may see it: a program whose bytecode was closed must not run any more."""
        data = data_of_program(account)
        return None if data is not None and not is_program_data(self.get(data)) else account

    def _remember(self, key: Pubkey, account: Account | None) -> None:
        before = self._known.get(key)
        self._known[key] = account
        data = data_of_program(account)
        if data is not None:
            self._program_of[data] = key
        old = before.owner if before is not None else None
        new = account.owner if account is not None else None
        if old == new:
            return
        if old is not None:
            self._by_owner[old].pop(key, None)
        if new is not None:
            self._by_owner.setdefault(new, {})[key] = None


def _existing(account: Account | None) -> Account | None:
    return account if account is not None and account.lamports else None
