"""SPL token accounts inside account data."""

from collections.abc import Callable, Iterable

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.addresses import TOKEN_PROGRAMS
from offchain.localnet.records import TokenBalance

_ACCOUNT_BYTES = 165
_MINT_BYTES = 82
_TYPE_MINT, _TYPE_ACCOUNT = 1, 2
_INITIALISED = 108
_DECIMALS = 44
_MINT_INITIALISED = 45

Reader = Callable[[Pubkey], Account | None]


def is_token_account(account: Account) -> bool:
    """Whether this is an initialised account of Token or Token-2022."""
    if account.owner not in TOKEN_PROGRAMS:
        return False
    data = account.data
    if len(data) < _ACCOUNT_BYTES or not data[_INITIALISED]:
        return False
    return len(data) == _ACCOUNT_BYTES or data[_ACCOUNT_BYTES] == _TYPE_ACCOUNT


def mint_decimals(account: Account | None) -> int | None:
    """Decimals of a mint; None if the account is none."""
    if account is None or account.owner not in TOKEN_PROGRAMS:
        return None
    data = account.data
    if len(data) < _MINT_BYTES or not data[_MINT_INITIALISED]:
        return None
    if len(data) > _MINT_BYTES and (len(data) <= _ACCOUNT_BYTES or data[_ACCOUNT_BYTES] != _TYPE_MINT):
        return None
    return data[_DECIMALS]


def token_balance(index: int, account: Account, read: Reader) -> TokenBalance | None:
    """The balance of the account, or None if it is no token account of a living mint."""
    if not is_token_account(account):
        return None
    data = account.data
    decimals = mint_decimals(read(Pubkey.from_bytes(data[:32])))
    if decimals is None:
        return None
    amount = int.from_bytes(data[64:72], "little")
    return TokenBalance(index, data[:32], data[32:64], bytes(account.owner), amount, decimals)


def token_balances(accounts: Iterable[Account | None], read: Reader) -> list[TokenBalance]:
    """The balances of those among `accounts` that are token accounts, numbered by position."""
    balances = []
    for index, account in enumerate(accounts):
        if account is not None and account.owner in TOKEN_PROGRAMS:
            balance = token_balance(index, account, read)
            if balance is not None:
                balances.append(balance)
    return balances
