"""Money for the people of a running market: SOL from the chain's faucet, test USDC from its mint, both bounded."""

from collections.abc import Sequence

from solders.pubkey import Pubkey

from offchain.chain.tokens import associated, create_associated, mint_to, token_balance
from offchain.demo.session import Session
from offchain.demo.wallets import Wallet
from offchain.verify.evidence.node import Node

LAMPORTS = 100 * 10**9
"""What everyone gets for fees and rent: years of it."""
LEAST_LAMPORTS = 10**9
GIFT_EPOCHS = 24
"""Nobody but creators, who pay a few times a day at most, gets test USDC twice within so many epochs."""


class Bank:
    """Gives money to those who run short of it."""

    def __init__(self, session: Session, node: Node, admin: Wallet, mint: Pubkey) -> None:
        """`admin` makes test USDC."""
        self.mint = mint
        self._session = session
        self._node = node
        self._admin = admin
        self._given: dict[Pubkey, int] = {}
        """Wallet -> the epoch of the last gift."""

    def give_sol(self, keys: Sequence[Pubkey]) -> None:
        """SOL to everyone who has little."""
        for key, account in zip(keys, self._session.chain.accounts(keys), strict=True):
            if account is None or account.lamports < LEAST_LAMPORTS:
                self._node.ask("requestAirdrop", str(key), LAMPORTS)

    def holds(self, wallet: Wallet) -> int:
        """Atoms in a wallet; 0 without an account."""
        account = self._session.chain.account(wallet.token)
        return token_balance(account, wallet.token).amount if account is not None else 0

    def provide(self, wallet: Wallet, atoms: int, epoch: int, times: int = 1, is_rich: bool = False) -> bool:
        """See that a wallet holds `atoms`, and if it does not, `times` as much.

        False when it has just had a gift and spent it (unless it is rich).
        """
        held = self.holds(wallet)
        if held >= atoms:
            return True
        last = self._given.get(wallet.key)
        if last is not None and epoch < last + GIFT_EPOCHS and not is_rich:
            return False
        admin = self._admin
        self._session.send(
            admin,
            create_associated(admin.key, wallet.key, self.mint),
            mint_to(self.mint, associated(wallet.key, self.mint), admin.key, times * atoms - held),
        )
        self._given[wallet.key] = epoch
        return True

    def open_account(self, wallet: Wallet) -> None:
        """A token account; nothing when it is there."""
        if self._session.chain.account(wallet.token) is None:
            self._session.send(self._admin, create_associated(self._admin.key, wallet.key, self.mint))
