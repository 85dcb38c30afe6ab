"""Every power of admin, guardian and treasury: the one table that commands, documents and tests are made of.

A test reads the IDLs and the program sources and fails when an instruction with such a signer is missing here.
"""

from typing import cast

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.admin.errors import PlanError
from offchain.admin.power import GOVERNED, Argument, Builder, Field, Moves, Power, Role, Values
from offchain.chain.addresses import Addresses
from offchain.chain.instructions import admin, insurance_pool, risk_engine
from offchain.chain.oracles import pyth, switchboard

_ENGINE = Argument("engine", "listed", "Program id of a perp program on the list.")
_MARKET = Argument("market", "market", "Name in seahorse.toml, or market_id.")
_PROGRAM = Argument("program", "program", "One of the four programs, or all of them in one transaction.", "all")
_LISTING = (Field("engine", "active"),)
_FUNDS = "It can't touch deposits, locks, notices, fees or claims."
_HANDOVER = "It changes no market, pool or position, and moves no money."
_SAMPLES = Argument("min_samples", "samples", "Fewest oracles that must stand behind Switchboard's price.", "samples")
_PINNED = tuple(
    Field("rules", name) for name in ("feed_id", "has_second", "second", "queue", "feed_hash", "min_samples")
)
_ORACLE = "It can't make up a price or write one, nor change the source of a feed; at worst the feed gets no prices."


def _given(key: Pubkey) -> Pubkey | None:
    """An address that may be left out."""
    return None if key == Pubkey.default() else key


def _governed(builder: str, argument: str = "") -> Builder:
    """A builder of `offchain.chain.instructions.admin`; the program is among the values."""

    def build(signer: Pubkey, values: Values, at: Addresses) -> list[Instruction]:
        program = cast(admin.Governed, values["program"])
        given = [values[argument]] if argument else []
        return [getattr(admin, builder)(program, signer, *given, at=at)]

    return build


POWERS: tuple[Power, ...] = (
    Power(
        name="allow-engine",
        programs=("risk_engine",),
        instruction="allow_engine",
        role=Role.ADMIN,
        signer="admin",
        arguments=(Argument("engine", "executable", "Program id of the perp program."),),
        changes=(Field("engine", "program"), Field("engine", "fingerprint"), Field("engine", "active")),
        sentence="Puts a perp program on the list of engines whose markets may register.",
        cannot="It binds no market to the engine. Whoever can upgrade that program is trusted by its providers. "
        + _FUNDS,
        effect="at once",
        build=lambda signer, values, at: [risk_engine.allow_engine(signer, values["engine"], at)],
    ),
    Power(
        name="remove-engine",
        programs=("risk_engine",),
        instruction="remove_engine",
        role=Role.ADMIN,
        signer="admin",
        arguments=(_ENGINE,),
        changes=_LISTING,
        sentence="Takes an engine off the list: no new markets, and its markets are restricted (DELISTED) from their "
        "next synchronisation, so that they take only orders that reduce positions.",
        cannot="Claims, liquidations, closing trades and withdrawals go on; locks, notices and fees stay as they are.",
        effect="at once for registrations, from the next synchronisation for trading",
        build=lambda signer, values, at: [risk_engine.remove_engine(signer, values["engine"], at)],
    ),
    Power(
        name="restore-engine",
        programs=("risk_engine",),
        instruction="restore_engine",
        role=Role.ADMIN,
        signer="admin",
        arguments=(_ENGINE,),
        changes=_LISTING,
        sentence="Puts a removed engine back on the list; its markets lose the restriction DELISTED, no other.",
        cannot="Restrictions for score, staleness, arrears and waiting exits stay. " + _FUNDS,
        effect="at once for registrations, from the next synchronisation for trading",
        build=lambda signer, values, at: [risk_engine.restore_engine(signer, values["engine"], at)],
    ),
    Power(
        name="open-feed",
        programs=("risk_engine",),
        instruction="open_feed",
        role=Role.ADMIN,
        signer="admin",
        arguments=(
            Argument("source", "source", "Who writes it: publisher (development builds only), pyth or switchboard."),
            Argument("feed", "feed", "Pair (publisher), Pyth feed id in hex, or Switchboard account."),
            Argument("writer", "key", "Publisher's key, or program id of the adapter.", "writer"),
        ),
        changes=(Field("feed", "feed_id"), Field("feed", "source"), Field("feed", "writer")),
        sentence="Creates a price feed; only its writer can put prices into it, for good.",
        cannot="It can't change a feed that exists, nor the feed of any market.",
        effect="at once; markets can use it from its first price",
        build=lambda signer, values, at: [
            risk_engine.open_feed(signer, values["feed"], values["source"], values["writer"], at)
        ],
    ),
    Power(
        name="set-pyth-rules",
        programs=("pyth_adapter",),
        instruction="set_rules",
        role=Role.ADMIN,
        signer="admin",
        arguments=(
            Argument("feed", "pyth_feed", "Pyth feed id in hex."),
            Argument("second", "key_or_none", "Switchboard account that must agree within 2 %, or none."),
            _SAMPLES,
        ),
        changes=_PINNED,
        sentence="Names a feed's second opinion and pins what its oracles are asked, or takes it away.",
        cannot=_ORACLE,
        effect="at once, from the next price on",
        build=lambda signer, values, at: [
            pyth.set_rules(signer, values["feed"], _given(values["second"]), values["min_samples"], at)
        ],
    ),
    Power(
        name="set-switchboard-rules",
        programs=("switchboard_adapter",),
        instruction="set_rules",
        role=Role.ADMIN,
        signer="admin",
        arguments=(
            Argument("feed", "key", "Switchboard account of the feed."),
            _SAMPLES,
            Argument("second", "pyth_feed_or_none", "Pyth feed id that must agree within 2 %, or none."),
        ),
        changes=_PINNED,
        sentence="Accepts a Switchboard feed as its oracles are asked now, before its first price and after each "
        "change of it, and names a second opinion or none.",
        cannot=_ORACLE,
        effect="at once, from the next price on",
        build=lambda signer, values, at: [
            switchboard.set_rules(signer, values["feed"], values["min_samples"], _given(values["second"]), at)
        ],
    ),
    Power(
        name="announce-change",
        programs=("risk_engine",),
        instruction="announce_change",
        role=Role.ADMIN,
        signer="admin",
        arguments=(
            _MARKET,
            Argument("lock", "lock_epochs", "Lock of new positions: epochs, or such as 14d or 36h.", "lock"),
            Argument("notice", "notice_epochs", "Notice of new positions: epochs, or such as 1d or 12h.", "notice"),
            Argument("max_leverage", "max_leverage", "Highest leverage, such as 20.", "max_leverage"),
        ),
        changes=(
            Field("market_config", "next_lock", replaces="lock_epochs"),
            Field("market_config", "next_notice", replaces="notice_epochs"),
            Field("market_config", "next_max_leverage", replaces="max_leverage"),
            Field("market_config", "next_epoch", Moves.EPOCHS),
            Field("market_config", "change_pending"),
        ),
        sentence="Announces new terms of a market; a later announcement replaces this one and waits anew.",
        cannot="Positions that exist keep lock and notice. Threshold, performance fee, oracle, creator never change.",
        effect="once applied, which anyone may do from the epoch announced",
        starts=Field("market_config", "next_epoch", Moves.EPOCHS),
        build=lambda signer, values, at: [
            risk_engine.announce_change(
                signer, values["market"], values["lock"], values["notice"], values["max_leverage"], at
            )
        ],
    ),
    Power(
        name="apply-change",
        programs=("risk_engine",),
        instruction="apply_change",
        role=Role.ANYONE,
        signer="caller",
        arguments=(_MARKET, Argument("creator", "key", "Creator of the market.", "creator")),
        changes=(
            Field("market_config", "lock_epochs"),
            Field("market_config", "notice_epochs"),
            Field("market_config", "max_leverage"),
            Field("market_config", "change_pending"),
            Field("pool", "lock_epochs"),
            Field("pool", "notice_epochs"),
        ),
        rests=(
            Field("market_config", "next_lock"),
            Field("market_config", "next_notice"),
            Field("market_config", "next_max_leverage"),
            Field("market_config", "next_epoch"),
        ),
        due=Field("market_config", "next_epoch", Moves.EPOCHS),
        sentence="Puts announced terms into force once they are due and hands them to the pool, in one transaction.",
        cannot="Only what was announced, only after the wait; positions that exist keep their lock and notice.",
        effect="at once, for deposits and openings from then on",
        build=lambda signer, values, at: [
            risk_engine.apply_change(signer, values["market"], at),
            risk_engine.push_terms_pool(signer, values["market"], values["creator"], at),
        ],
    ),
    Power(
        name="stop-registrations",
        programs=("risk_engine",),
        instruction="stop_registrations",
        role=Role.GUARDIAN,
        signer="guardian",
        changes=(
            Field("config", "paused_until", Moves.SECONDS),
            Field("config", "pause_allowed_at", Moves.SECONDS),
        ),
        sentence="Stops new registrations of markets for 72 hours; not again for 30 days.",
        cannot="Markets that exist go on in every respect; the stop ends by itself and can't be prolonged.",
        effect="at once",
        ends=Field("config", "paused_until", Moves.SECONDS),
        due=Field("config", "pause_allowed_at", Moves.SECONDS),
        build=lambda signer, values, at: [risk_engine.stop_registrations(signer, at)],
    ),
    Power(
        name="stop-deposits",
        programs=("insurance_pool",),
        instruction="stop_deposits",
        role=Role.GUARDIAN,
        signer="guardian",
        changes=(
            Field("config", "paused_until", Moves.SECONDS),
            Field("config", "pause_allowed_at", Moves.SECONDS),
        ),
        sentence="Stops deposits into all pools for 72 hours; not again for 30 days.",
        cannot="Withdrawals, claims, premiums and trading go on; the stop ends by itself and can't be prolonged.",
        effect="at once",
        ends=Field("config", "paused_until", Moves.SECONDS),
        due=Field("config", "pause_allowed_at", Moves.SECONDS),
        build=lambda signer, values, at: [insurance_pool.stop_deposits(signer, at)],
    ),
    Power(
        name="collect-treasury",
        programs=("insurance_pool",),
        instruction="collect_treasury",
        role=Role.TREASURY,
        signer="treasury",
        arguments=(_MARKET, Argument("destination", "key", "USDC account of the treasury.", "destination")),
        changes=(
            Field("pool", "treasury_fees", Moves.FLOW),
            Field("vault", "amount", Moves.SHOWN),
            Field("destination", "amount", Moves.FLOW),
        ),
        sentence="Pays the treasury's fees of one pool to a USDC account of the treasury.",
        cannot="Only the ledger of treasury fees: deposits, vesting premiums, reserved payouts and stakes stay.",
        effect="at once",
        build=lambda signer, values, at: [
            insurance_pool.collect_treasury(signer, values["market"], values["destination"], at)
        ],
    ),
    Power(
        name="propose-admin",
        programs=GOVERNED,
        instruction="propose_admin",
        role=Role.ADMIN,
        signer="admin",
        arguments=(_PROGRAM, Argument("to", "key", "The next admin: a key, or a multisig's signing address.")),
        changes=(Field("config", "pending_admin"),),
        sentence="Names the next admin, who has no power before accepting; a later proposal replaces this one.",
        cannot=_HANDOVER,
        effect="at once; the power passes with accept-admin",
        build=_governed("propose_admin", "to"),
    ),
    Power(
        name="accept-admin",
        programs=GOVERNED,
        instruction="accept_admin",
        role=Role.PROPOSED,
        signer="new_admin",
        arguments=(_PROGRAM,),
        changes=(Field("config", "admin"),),
        sentence="Takes over as admin; the former one loses every power at once.",
        cannot=_HANDOVER,
        effect="at once",
        build=_governed("accept_admin"),
    ),
    Power(
        name="set-guardian",
        programs=GOVERNED,
        instruction="set_guardian",
        role=Role.ADMIN,
        signer="admin",
        arguments=(_PROGRAM, Argument("to", "key", "The next guardian.")),
        changes=(Field("config", "guardian"),),
        sentence="Names another guardian.",
        cannot="A stop that runs goes on, and the wait until the next one is not shortened. " + _HANDOVER,
        effect="at once",
        build=_governed("set_guardian", "to"),
    ),
)


def power(name: str) -> Power:
    """The power of that name; PlanError when there is none."""
    for found in POWERS:
        if found.name == name:
            return found
    raise PlanError(f"there is no power {name!r}: `percosec admin powers` lists them")
