"""The proof that a trial is complete.

Every change of every account that the transaction may write has to follow from the payments that were seen. What does
not is a payment that we can't read, and then nothing is handed out. Only an account of others that keeps changing by
their transactions while it is looked at is taken as it was after the simulation, less the payments.
"""

from collections.abc import Mapping
from dataclasses import replace

from solders.account import Account
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey

from offchain.api.build.flows import net
from offchain.api.build.trial import Trial, is_token
from offchain.api.problems import unavailable
from offchain.chain.tokens import token_balance


def unexplained(trial: Trial, message: Message | MessageV0) -> list[Pubkey]:
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


def with_later(trial: Trial, later: Mapping[Pubkey, Account | None], changed: list[Pubkey]) -> Trial:
    """The same with some accounts as they were right after the simulation: others changed them right before it."""
    return replace(trial, before={**trial.before, **{key: later[key] for key in changed}})


def is_a_strangers(trial: Trial, key: Pubkey, payer: Pubkey) -> bool:
    """An account that exists and is not the payer's: on a busy market others change it all the time."""
    held = trial.token(key)
    return key != payer and trial.before[key] is not None and (held is None or held.owner != payer)


def reckoned(trial: Trial, changed: list[Pubkey]) -> Trial:
    """The same with these accounts as they must have been: afterwards, less the payments; Problem 503."""
    tokens, lamports = net(trial.flows, is_token=True), net(trial.flows, is_token=False)
    before = dict(trial.before)
    for key in changed:
        after = trial.after[key]
        amount, left = _amount(after) - tokens.get(key, 0), _lamports(after) - lamports.get(key, 0)
        if after is None or amount < 0 or left < 0:
            raise unavailable("the node's simulation contradicts itself: take another node")
        data = after.data[:64] + amount.to_bytes(8, "little") + after.data[72:] if is_token(after) else after.data
        before[key] = Account(left, data, after.owner, after.executable)
    return replace(trial, before=before)


def _amount(account: Account | None) -> int:
    return token_balance(account, Pubkey.default()).amount if is_token(account) else 0


def _lamports(account: Account | None) -> int:
    return account.lamports if account is not None else 0
