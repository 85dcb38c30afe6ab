"""All programs together: every instruction in order, each transfer against what follows from the replay."""

from offchain.settings.parameters import Parameters
from offchain.verify.evidence.model import Call, Transaction
from offchain.verify.read.programs import Programs
from offchain.verify.read.tokens import Movement
from offchain.verify.replay.market.replay import Markets
from offchain.verify.replay.pool.replay import Pools
from offchain.verify.replay.premiums import Premiums
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.registries import Registries
from offchain.verify.replay.risk.feeds import Feeds
from offchain.verify.replay.risk.scores import Scores
from offchain.verify.replay.step import Step

WITHOUT_MONEY = {
    "risk_engine": {
        "accept_admin", "open_score", "open_window", "propose_admin", "push_terms_handler", "push_terms_pool",
        "push_terms_premium", "set_guardian", "stop_registrations",
    },
    "premium_manager": {"accept_admin", "init_config", "propose_admin", "set_guardian"},
    "insurance_pool": {
        "accept_admin", "force_resolution", "init_config", "propose_admin", "set_guardian",
        "stop_deposits",
    },
    "insolvency_handler": {
        "accept_admin", "init_config", "propose_admin", "set_guardian",
    },
    "demo_market": {"check_liquidation", "init_config", "report"},
}  # fmt: skip
"""Instructions that change no ledger themselves; what they call is replayed on its own."""


class World:
    """The replayed state of all five programs."""

    def __init__(self, programs: Programs, parameters: Parameters) -> None:
        """Nothing has happened yet."""
        self.problems = Problems()
        self._programs = programs
        self.feeds = Feeds(parameters, self.problems)
        self.markets = Markets(parameters, self.problems)
        self.pools = Pools(parameters, self.problems)
        self.premiums = Premiums(parameters, self.problems)
        self.registries = Registries(self.markets.all, self.pools, self.problems)
        self._replays: dict[str, tuple[object, ...]] = {
            "risk_engine": (self.feeds, Scores(self.feeds, parameters, self.problems)),
            "premium_manager": (self.premiums,),
            "insurance_pool": (self.pools,),
            "insolvency_handler": (self.registries,),
            "demo_market": (self.markets,),
        }

    def play(self, transaction: Transaction) -> None:
        """Replay one transaction; a failed one changed nothing."""
        if transaction.err is None:
            for call in transaction.calls:
                self._run(call, transaction)

    def _run(self, call: Call, transaction: Transaction) -> None:
        if call.program in self._programs.names:
            self._replay(call, transaction)
        for child in call.children:
            self._run(child, transaction)

    def _replay(self, call: Call, transaction: Transaction) -> None:
        try:
            said = self._programs.said(call)
        except ValueError as error:
            place = f"{self._programs.names[call.program]} in transaction {transaction.signature}"
            self.problems.add(place, "a known instruction", error)
            return
        if said is None:
            return
        step = Step(said, call, transaction)
        replays = [one for one in self._replays[said.program] if hasattr(one, said.name)]
        if not replays:
            if said.name not in WITHOUT_MONEY[said.program]:
                self.problems.add(step.place, "an instruction that the verifier knows", "another one")
            return
        try:
            for replay in replays:
                getattr(replay, said.name)(step)
        except (ArithmeticError, AttributeError, IndexError, KeyError, ValueError) as error:
            self.problems.add(step.place, "it follows from what came before", f"{type(error).__name__} {error}")
            return
        self.problems.compare(f"transfers of {step.place}", _readable(step.expected), _readable(step.moved))


def _readable(movements: list[Movement]) -> str:
    return ", ".join(str(one) for one in movements) or "none"
