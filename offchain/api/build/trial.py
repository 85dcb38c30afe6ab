"""One simulation with everything that a summary needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from solders.account import Account
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey

from offchain.api.build.flows import Flow, net
from offchain.api.problems import unavailable
from offchain.chain.addresses import COMPUTE_BUDGET, TOKEN_PROGRAM
from offchain.chain.events import Event
from offchain.chain.tokens import ACCOUNT_SIZE, TokenBalance, token_balance
from offchain.keeper.income import fee

E = TypeVar("E", bound=Event)
DEFAULT_UNITS = 200_000
MAX_UNITS = 1_400_000
_LIMIT, _PRICE = 2, 3


@dataclass(frozen=True)
class Trial:
    """What a transaction would do now."""

    slot: int
    err: Any
    """Solana's TransactionError as JSON; None when it would succeed. Then the rest is complete."""
    logs: list[str]
    units: int
    fee: int
    """Lamports: signatures and priority."""
    events: list[Event]
    flows: list[Flow]
    before: Mapping[Pubkey, Account | None]
    """Every account that may be written, the fee payer first."""
    after: Mapping[Pubkey, Account | None]

    def found(self, kind: type[E]) -> E:
        """The event of this type; Problem 503 when the node cut its logs."""
        for event in self.events:
            if isinstance(event, kind):
                return event
        raise unavailable(f"the node's simulation shows no {kind.__name__}: try again, or take another node")

    def paid_by(self, account: Pubkey) -> int:
        """Atoms that leave a token account, less what comes back."""
        return -net(self.flows, is_token=True).get(account, 0)

    def token(self, address: Pubkey) -> TokenBalance | None:
        """A token account as it would be afterwards, or is; None for anything else."""
        for accounts in (self.after, self.before):
            account = accounts.get(address)
            if is_token(account):
                return token_balance(account, address)
        return None


def network_fee(message: Message | MessageV0) -> int:
    """Lamports that a message costs: each signature, and the priority fee for its whole limit."""
    limit, price = None, 0
    others = 0
    for found in message.instructions:
        data = bytes(found.data)
        if message.account_keys[found.program_id_index] != COMPUTE_BUDGET:
            others += 1
        elif data[0] == _LIMIT:
            limit = int.from_bytes(data[1:5], "little")
        elif data[0] == _PRICE:
            price = int.from_bytes(data[1:9], "little")
    units = min(MAX_UNITS, others * DEFAULT_UNITS if limit is None else limit)
    signatures = message.header.num_required_signatures
    return fee(units, price) + (signatures - 1) * fee(0, 0)


def is_token(account: Account | None) -> bool:
    """Whether it is a token account."""
    return account is not None and account.owner == TOKEN_PROGRAM and len(account.data) == ACCOUNT_SIZE
