"""Methods that read accounts."""

from offchain.localnet.errors import Json
from offchain.localnet.rent import minimum_balance
from offchain.localnet.rpc.encoding import encode_account
from offchain.localnet.rpc.filters import read_filters
from offchain.localnet.rpc.params import Params, in_context, read_address

_MAX_ACCOUNTS = 100


def get_account_info(params: Params) -> Json:
    """One account."""
    config = params.config(1)
    account = params.chain.account(params.address(0))
    return in_context(params.chain, encode_account(account, config, params.chain.account))


def get_multiple_accounts(params: Params) -> Json:
    """Up to 100 accounts, None where there is none."""
    config = params.config(1)
    addresses = [read_address(value) for value in params.items(0, _MAX_ACCOUNTS)]
    read = params.chain.account
    return in_context(params.chain, [encode_account(read(address), config, read) for address in addresses])


def get_program_accounts(params: Params) -> Json:
    """Every account of a program that passes the filters."""
    config = params.config(1)
    filters = read_filters(config.get("filters"))
    found = [
        {"pubkey": str(address), "account": encode_account(account, config, params.chain.account)}
        for address, account in params.chain.accounts_owned_by(params.address(0))
        if all(passes(account.data) for passes in filters)
    ]
    return in_context(params.chain, found) if config.get("withContext") else found


def get_balance(params: Params) -> Json:
    """Lamports of an account; 0 if it does not exist."""
    params.config(1)
    account = params.chain.account(params.address(0))
    return in_context(params.chain, account.lamports if account is not None else 0)


def get_minimum_balance_for_rent_exemption(params: Params) -> Json:
    """Lamports an account with that much data must hold."""
    params.config(1)
    return minimum_balance(params.integer(0))


METHODS = {
    "getAccountInfo": get_account_info,
    "getMultipleAccounts": get_multiple_accounts,
    "getProgramAccounts": get_program_accounts,
    "getBalance": get_balance,
    "getMinimumBalanceForRentExemption": get_minimum_balance_for_rent_exemption,
}
