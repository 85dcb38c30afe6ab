"""From an intent to an unsigned transaction that was simulated as it is handed out."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from solders.hash import Hash
from solders.instruction import Instruction
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.api.build import told
from offchain.api.build.decoded import instructions
from offchain.api.build.desk import chain_of
from offchain.api.build.labels import Labels
from offchain.api.build.schemas.built import (
    BuiltTransaction,
    Caution,
    Dates,
    Fee,
    Lifetime,
    Line,
    Received,
    Summary,
)
from offchain.api.build.trial import Trial
from offchain.api.build.trying import try_out
from offchain.api.context import ApiContext
from offchain.api.problems import Problem
from offchain.api.schemas.kinds import Action
from offchain.chain import transactions
from offchain.chain.errors import program_error
from offchain.chain.transactions import MAX_UNITS, Options
from offchain.plain_words.risks import LOSS_WARNING
from offchain.plain_words.rows import Rows


@dataclass(frozen=True)
class Meaning:
    """What only the action itself can say about its transaction."""

    rows: Rows
    fees: list[Fee] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)
    receives: Received = field(default_factory=Received)
    early_fee_bps: int | None = None
    dates: Dates = field(default_factory=Dates)


Build = Callable[[Trial | None], Sequence[Instruction]]
Tell = Callable[[Trial], Meaning]


@dataclass(frozen=True)
class Intent:
    """One transaction that somebody wants."""

    action: Action
    title: str
    payer: Pubkey
    """Pays the fee, and the only one who signs."""
    market: Pubkey | None
    mint: Pubkey
    wallet: Pubkey
    """The payer's USDC account."""
    build: Build
    """The instructions; called with None first, and with that trial for the transaction to hand out, which can then
    bound the result."""
    tell: Tell
    pays: int | None = 0
    """Atoms that leave the wallet, net, exactly; None: it receives, or that follows from the chain's state."""
    priority: int = 0
    labels: Labels = field(default_factory=dict)
    epoch_ends: int | None = None
    """Unix time after which the chain refuses it."""


async def assemble(context: ApiContext, intent: Intent) -> BuiltTransaction:
    """Build, simulate, bound, build again, simulate again; Problem or ProgramError says why it can't be."""
    chain, at = chain_of(context), context.at
    blockhash, height = await chain.fresh_blockhash()
    first = _unsigned(intent, None, blockhash, MAX_UNITS)
    trial = _passed(await try_out(chain, first, at), context)
    final = _unsigned(intent, trial, blockhash, min(MAX_UNITS, -(-trial.units * 11 // 10)))
    trial = _passed(await try_out(chain, final, at), context)
    paid = trial.paid_by(intent.wallet)
    if intent.pays is not None and paid != intent.pays:
        raise Problem(
            500, "wrong_amount", f"the transaction would pay {paid} atoms instead of {intent.pays}: report it"
        )
    meaning = intent.tell(trial)
    accounts = told.created(trial, at)
    labels = {Pubkey.from_string(one.address): one.what for one in accounts}
    labels |= {**intent.labels, intent.payer: "your wallet", intent.wallet: "your USDC account"}
    rent = told.rent_of(accounts)
    summary = Summary(
        action=intent.action,
        title=intent.title,
        words=[Line(label, value) for label, value in meaning.rows],
        warnings=meaning.warnings,
        loss_warning=LOSS_WARNING,
        market_id=str(intent.market) if intent.market else None,
        signers=[str(key) for key in final.message.account_keys[: final.message.header.num_required_signatures]],
        instructions=instructions(final.message, at),
        pays=str(max(0, paid)),
        transfers=told.transfers(trial, intent.mint, labels),
        fees=[*meaning.fees, *told.network_fees(trial, intent.payer, rent)],
        rent=str(rent),
        accounts_created=accounts,
        receives=meaning.receives,
        early_fee_bps=meaning.early_fee_bps,
        dates=meaning.dates,
    )
    return BuiltTransaction(
        transaction=b64encode(bytes(final)).decode(),
        fee_payer=str(intent.payer),
        lifetime=Lifetime(str(blockhash), str(height), intent.epoch_ends),
        simulation=told.simulation(trial, intent.mint, labels, at),
        summary=summary,
        as_of_slot=str(trial.slot),
    )


def _unsigned(intent: Intent, trial: Trial | None, blockhash: Hash, units: int) -> VersionedTransaction:
    """Version 0, or a legacy message (two bytes shorter) where only that fits."""
    steps = intent.build(trial)
    options = Options(units, intent.priority, v0=True)
    if transactions.size_of(steps, intent.payer, options) > transactions.MAX_BYTES:
        options = Options(units, intent.priority)
    return transactions.build_unsigned(steps, intent.payer, blockhash, options)


def _passed(trial: Trial, context: ApiContext) -> Trial:
    if trial.err is not None:
        raise program_error(trial.err, trial.logs, context.at)
    return trial
