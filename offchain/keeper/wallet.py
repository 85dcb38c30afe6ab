"""The keeper's own accounts: lamports to pay with, and the USDC account that it is paid into."""

from dataclasses import dataclass

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import tokens
from offchain.chain.accounts import AccountError
from offchain.chain.backends.failover import FailoverChain


@dataclass
class Wallet:
    """One key and what it held when last looked at."""

    keypair: Keypair
    mint: Pubkey = Pubkey.default()  # noqa: RUF009 (a key never changes)
    """The USDC mint; `pay_in` sets it once the deployment is known."""
    lamports: int = 0
    usdc: int = 0
    """Atoms."""
    has_token: bool = False

    def __post_init__(self) -> None:
        """Computing a public key takes as long as signing: it is done once."""
        self.key = self.keypair.pubkey()
        self.pay_in(self.mint)

    def pay_in(self, mint: Pubkey) -> None:
        """Be paid in this mint's tokens."""
        self.mint = mint
        self.token = tokens.associated(self.key, mint)

    async def look(self, chain: FailoverChain) -> None:
        """Read both balances."""
        own, token = await chain.accounts([self.key, self.token])
        self.lamports = own.lamports if own is not None else 0
        try:
            self.usdc, self.has_token = tokens.token_balance(token, self.token).amount, True
        except AccountError:
            self.usdc, self.has_token = 0, False
