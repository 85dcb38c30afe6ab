"""Evidence from a running chain: the histories of the programs and of every token account of their mint."""

from base64 import b64decode
from contextlib import closing
from typing import Any

from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.base58 import from_base58
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.model import Account, Call, Evidence, Transaction, nested
from offchain.verify.evidence.node import Node
from offchain.verify.evidence.order import merged
from offchain.verify.read.programs import Programs
from offchain.verify.read.tokens import ACCOUNT_BYTES, TOKEN_PROGRAM


def read_rpc(url: str, programs: Programs) -> Evidence:
    """Everything about these programs on the chain behind `url`; VerifyError when the node can't tell."""
    with closing(Node(url)) as node:
        return _read(node, programs)


def _read(node: Node, programs: Programs) -> Evidence:
    names = [str(address) for address in programs.names]
    accounts = {key: one for name in names for key, one in _accounts(node.owned_by(name)).items()}
    mint = programs.mint(accounts)
    accounts |= _mint_accounts(node, mint)
    histories = [node.history(address) for address in [*names, *_token_accounts(accounts, mint), str(mint)]]
    transactions = [read_transaction(signature, node.transaction(signature)) for signature in merged(histories)]
    return Evidence(node.url, transactions, accounts)


def _mint_accounts(node: Node, mint: Pubkey) -> dict[Pubkey, Account]:
    filters: list[object] = [{"dataSize": ACCOUNT_BYTES}, {"memcmp": {"offset": 0, "bytes": str(mint)}}]
    found = node.account(str(mint))
    if found is None:
        raise VerifyError(f"{node.url} has no mint {mint}: give the URL of the chain the programs run on")
    return _accounts([{"pubkey": str(mint), "account": found}, *node.owned_by(str(TOKEN_PROGRAM), filters)])


def _token_accounts(accounts: dict[Pubkey, Account], mint: Pubkey) -> list[str]:
    return [str(key) for key, one in accounts.items() if one.owner == TOKEN_PROGRAM and key != mint]


def _accounts(listed: list[dict[str, Any]]) -> dict[Pubkey, Account]:
    return {Pubkey.from_string(entry["pubkey"]): read_account(entry["account"]) for entry in listed}


def read_account(account: dict[str, Any]) -> Account:
    """The account from a node's answer in base64."""
    return Account(Pubkey.from_string(account["owner"]), b64decode(account["data"][0]))


def read_transaction(signature: str, found: dict[str, Any]) -> Transaction:
    """The transaction from the answer of getTransaction in base64."""
    meta = found["meta"]
    message = VersionedTransaction.from_bytes(b64decode(found["transaction"][0])).message
    loaded = meta.get("loadedAddresses") or {"writable": [], "readonly": []}
    keys = list(message.account_keys)
    keys += [Pubkey.from_string(key) for key in [*loaded["writable"], *loaded["readonly"]]]
    inner = {group["index"]: group["instructions"] for group in meta.get("innerInstructions") or []}
    flat: list[tuple[int, Call]] = []
    for index, top in enumerate(message.instructions):
        flat.append((1, Call(keys[top.program_id_index], [keys[i] for i in bytes(top.accounts)], bytes(top.data))))
        for one in inner.get(index, ()):
            accounts = [keys[i] for i in one["accounts"]]
            flat.append((one["stackHeight"], Call(keys[one["programIdIndex"]], accounts, from_base58(one["data"]))))
    return Transaction(
        signature=signature,
        slot=found["slot"],
        time=found["blockTime"],
        err=meta["err"],
        calls=nested(flat),
        before=_balances(meta["preTokenBalances"], keys),
        after=_balances(meta["postTokenBalances"], keys),
    )


def _balances(balances: list[dict[str, Any]], keys: list[Pubkey]) -> dict[Pubkey, tuple[Pubkey, int]]:
    return {
        keys[one["accountIndex"]]: (Pubkey.from_string(one["mint"]), int(one["uiTokenAmount"]["amount"]))
        for one in balances
    }
