"""What restricts a market, by name and in sentences that say when it ends."""

from typing import get_args

from offchain import words
from offchain.api.reading import View
from offchain.api.rows import MarketRows
from offchain.api.schemas.kinds import Reason
from offchain.chain.restriction import reasons_now
from offchain.chain.units import format_bps, format_factor


def sentences(view: View, rows: MarketRows) -> list[str]:
    """One for each reason that stands now."""
    parameters = view.context.parameters
    bits = reasons_now(rows.score, rows.inputs, rows.engine, view.epoch, parameters)
    score = rows.score
    release = format_factor(parameters.score_release)
    told = {
        parameters.reason_score: (
            f"its score {format_factor(score.composite_score)} rose above {format_factor(parameters.score_restrict)}: "
            f"it ends once the score was below {release} for {words.number(parameters.release_epochs, 'epoch')}"
        ),
        parameters.reason_stale: (
            "it has no score yet: it ends with the first one"
            if not score.has_score
            else f"its score is {words.number(view.epoch - score.epoch, 'epoch')} old: it ends with a new one"
        ),
        parameters.reason_arrears: (
            f"it owes {words.usdc(max(0, -rows.premium.balance))} of premium for longer than "
            f"{words.lasting(parameters.arrears_epochs * view.schedule.epoch_seconds)}: it ends when that is paid"
        ),
        parameters.reason_exit: (
            f"a withdrawal has waited for the {format_bps(parameters.util_cap_bps)} cap for longer than "
            f"{words.lasting(parameters.exit_after * view.schedule.epoch_seconds)}: "
            "it ends when all requested withdrawals fit"
        ),
        parameters.reason_delisted: "the admin took the market's program off the list: it ends if it is listed again",
    }
    return [sentence for bit, sentence in told.items() if bits & bit]


def reason_names(view: View, bits: int) -> list[Reason]:
    """The names of the bits of a restriction."""
    if not bits:
        return []
    parameters = view.context.parameters
    names: tuple[Reason, ...] = get_args(Reason)
    return [name for name in names if bits & getattr(parameters, f"reason_{name}")]
