"""Which differences count.

A node may read an account in the middle of the slot that it names. A row whose last change is earlier than that slot
is certain: what differs from it twice in a row is a mismatch. A row that changed in this very slot may know more than
the account; it counts only when neither account nor row has changed between two looks and they still differ.
"""

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.indexer.comparison.judge import judge
from offchain.indexer.comparison.looks import Looks
from offchain.indexer.comparison.past import Held, Past
from offchain.indexer.projections.compare import Comparison


class Bench:
    """Judges one step's looks."""

    def __init__(self) -> None:
        """Nothing was judged yet."""
        self.found = Comparison()
        """What was judged so far."""
        self.open: set[Pubkey] = set()
        """What could not be judged in the last looks."""
        self._suspects: dict[Pubkey, tuple[Account | None, Held]] = {}
        """What differed in the last look: account and row."""

    def judge(self, looks: Looks, past: Past) -> list[Pubkey]:
        """Judge these; returns what has to be looked at again."""
        suspects: dict[Pubkey, tuple[Account | None, Held]] = {}
        self.open = set()
        for address, (slot, account) in looks.items():
            held = past[address]
            if held is None:
                self.open.add(address)
                continue
            one = Comparison()
            judge(address, held[0], account, one)
            if one.mismatches and not self._confirmed(address, slot, account, held):
                suspects[address] = (account, held)
                self.open.add(address)
                continue
            self.found.mismatches += one.mismatches
            self.found.accounts.update(one.accounts)
            self.found.fields.update(one.fields)
        self._suspects = suspects
        return list(self.open)

    def _confirmed(self, address: Pubkey, slot: int, account: Account | None, held: Held) -> bool:
        before = self._suspects.get(address)
        if before is None:
            return False
        return held[1] < slot or before == (account, held)
