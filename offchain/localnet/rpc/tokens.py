"""Methods about SPL tokens."""

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.addresses import TOKEN_PROGRAMS
from offchain.localnet.errors import INVALID_PARAMS, Json, RpcError
from offchain.localnet.rpc.amounts import ui_amount
from offchain.localnet.rpc.encoding import encode_account
from offchain.localnet.rpc.params import Params, in_context, read_address
from offchain.localnet.token_balances import is_token_account, mint_decimals, token_balance

_SUPPLY = slice(36, 44)


def get_token_account_balance(params: Params) -> Json:
    """What a token account holds."""
    params.config(1)
    read = params.chain.account
    account = read(params.address(0))
    if account is None:
        raise RpcError(INVALID_PARAMS, "Invalid param: could not find account")
    balance = token_balance(0, account, read)
    if balance is None:
        raise RpcError(INVALID_PARAMS, "Invalid param: not a Token account")
    return in_context(params.chain, ui_amount(balance.amount, balance.decimals))


def get_token_supply(params: Params) -> Json:
    """How much of a token exists."""
    params.config(1)
    account = params.chain.account(params.address(0))
    decimals = mint_decimals(account)
    if account is None or decimals is None:
        raise RpcError(INVALID_PARAMS, "Invalid param: not a Token mint")
    return in_context(params.chain, ui_amount(int.from_bytes(account.data[_SUPPLY], "little"), decimals))


def get_token_accounts_by_owner(params: Params) -> Json:
    """The token accounts of a wallet, of one mint or of one token program."""
    owner = params.address(0)
    wanted = params.at(1)
    config = params.config(2)
    if not isinstance(wanted, dict) or len(wanted.keys() & {"mint", "programId"}) != 1:
        raise RpcError(INVALID_PARAMS, "Invalid params: expected an object with either mint or programId")
    programs = [read_address(wanted["programId"])] if "programId" in wanted else sorted(TOKEN_PROGRAMS, key=bytes)
    mint = read_address(wanted["mint"]) if "mint" in wanted else None
    read = params.chain.account
    found = [
        {"pubkey": str(address), "account": encode_account(account, config, read)}
        for program in programs
        for address, account in params.chain.accounts_owned_by(program)
        if _belongs(account, owner, mint)
    ]
    return in_context(params.chain, found)


def _belongs(account: Account, owner: Pubkey, mint: Pubkey | None) -> bool:
    if not is_token_account(account) or account.data[32:64] != bytes(owner):
        return False
    return mint is None or account.data[:32] == bytes(mint)


METHODS = {
    "getTokenAccountBalance": get_token_account_balance,
    "getTokenSupply": get_token_supply,
    "getTokenAccountsByOwner": get_token_accounts_by_owner,
}
