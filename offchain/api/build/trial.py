"""One simulation with everything that a summary needs, and the proof that it is complete.

Every change of every account that the transaction may write has to follow from the payments that were seen. What does
not is a payment that we can't read, and then nothing is handed out. Only an account of others that keeps changing by
their transactions while it is looked at is taken as it was after the simulation, less the payments.
"""

import asyncio
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from solders.account import Account
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.api.build.decoded import writable_keys
from offchain.api.build.flows import Flow, flows, net
from offchain.api.problems import unavailable
from offchain.chain.addresses import COMPUTE_BUDGET, TOKEN_PROGRAM, Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.landed import read_account
from offchain.chain.events import Event, parse_events
from offchain.chain.tokens import ACCOUNT_SIZE, TokenBalance, token_balance
from offchain.keeper.income import fee

E = TypeVar("E", bound=Event)
ATTEMPTS = 4
"""Accounts are read before and, where that does not fit, after the simulation: others may change them in between."""
PAUSE_SECONDS = 0.02
"""Before the second attempt; longer before each later one."""
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
            if _is_token(account):
                return token_balance(account, address)
        return None


async def try_out(chain: FailoverChain, transaction: VersionedTransaction, at: Addresses) -> Trial:
    """Simulate with any blockhash; Problem 503 when the node tells too little, or the chain moves too fast."""
    message = transaction.message
    keys = writable_keys(message)
    options = {
        "encoding": "base64",
        "commitment": "confirmed",
        "sigVerify": False,
        "replaceRecentBlockhash": True,
        "innerInstructions": True,
        "accounts": {"encoding": "base64", "addresses": [str(key) for key in keys]},
    }
    wire = b64encode(bytes(transaction)).decode()
    for attempt in range(ATTEMPTS):
        await asyncio.sleep(attempt * PAUSE_SECONDS)
        slot, before = await chain.accounts_in_slot(keys)
        answer = await chain.nodes.ask("simulateTransaction", wire, options, read=_value)
        trial = _trial(slot, answer, message, dict(zip(keys, before, strict=True)), at)
        if trial.err is not None or not _unexplained(trial, message):
            return trial
        later = dict(zip(keys, await chain.accounts(keys), strict=True))
        trial = _with_later(trial, later, _unexplained(trial, message))
        if not _unexplained(trial, message):
            return trial
    if all(_is_a_strangers(trial, key, message.account_keys[0]) for key in _unexplained(trial, message)):
        return _reckoned(trial, _unexplained(trial, message))
    raise unavailable("the accounts change faster than they can be simulated: try again in a moment", "chain_moves", 1)


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


def _value(answer: Any) -> Any:
    value = answer["value"]
    if value["err"] is None and (value.get("innerInstructions") is None or not value.get("accounts")):
        raise ValueError("a simulation without inner instructions or accounts")
    return value


def _trial(
    slot: int, value: Any, message: Message | MessageV0, before: dict[Pubkey, Account | None], at: Addresses
) -> Trial:
    logs, units, err = list(value["logs"] or []), int(value.get("unitsConsumed") or 0), value["err"]
    if err is not None:
        return Trial(slot, err, logs, units, network_fee(message), [], [], before, before)
    after = [read_account(found, b64decode) for found in value["accounts"]]
    return Trial(
        slot,
        None,
        logs,
        units,
        network_fee(message),
        parse_events(logs, at).events,
        flows(message, value["innerInstructions"]),
        before,
        dict(zip(before, after, strict=True)),
    )


def _unexplained(trial: Trial, message: Message | MessageV0) -> list[Pubkey]:
    """Accounts whose change of tokens or lamports does not follow from the payments."""
    tokens, lamports = net(trial.flows, is_token=True), net(trial.flows, is_token=False)
    payer = message.account_keys[0]
    lamports[payer] = lamports.get(payer, 0) - trial.fee
    return [
        key
        for key, before in trial.before.items()
        if _amount(trial.after[key]) - _amount(before) != tokens.get(key, 0)
        or _lamports(trial.after[key]) - _lamports(before) != lamports.get(key, 0)
    ]


def _with_later(trial: Trial, later: Mapping[Pubkey, Account | None], changed: list[Pubkey]) -> Trial:
    """The same with some accounts as they were right after the simulation: others changed them right before it."""
    return replace(trial, before={**trial.before, **{key: later[key] for key in changed}})


def _is_a_strangers(trial: Trial, key: Pubkey, payer: Pubkey) -> bool:
    """An account that exists and is not the payer's: on a busy market others change it all the time."""
    held = trial.token(key)
    return key != payer and trial.before[key] is not None and (held is None or held.owner != payer)


def _reckoned(trial: Trial, changed: list[Pubkey]) -> Trial:
    """The same with these accounts as they must have been: afterwards, less the payments."""
    tokens, lamports = net(trial.flows, is_token=True), net(trial.flows, is_token=False)
    before = dict(trial.before)
    for key in changed:
        after = trial.after[key]
        if after is not None:
            data = after.data
            if _is_token(after):
                amount = _amount(after) - tokens.get(key, 0)
                data = data[:64] + amount.to_bytes(8, "little") + data[72:]
            before[key] = Account(after.lamports - lamports.get(key, 0), data, after.owner, after.executable)
    return replace(trial, before=before)


def _amount(account: Account | None) -> int:
    return token_balance(account, Pubkey.default()).amount if _is_token(account) else 0


def _lamports(account: Account | None) -> int:
    return account.lamports if account is not None else 0


def _is_token(account: Account | None) -> bool:
    return account is not None and account.owner == TOKEN_PROGRAM and len(account.data) == ACCOUNT_SIZE
