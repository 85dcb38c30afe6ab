"""The risks of a deposit: how bad, how it fails, and what stands against it. None is hidden, none is excluded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from offchain import words
from offchain.api.schemas.kinds import Severity
from offchain.chain.epochs import NOMINAL_SECONDS
from offchain.chain.units import format_bps, format_factor, format_leverage
from offchain.settings.parameters import Parameters
from offchain.verify.replay.risk.standing import FLAGGED_RATIO, WEIGHTS

HIGH: Final = "high"
MEDIUM: Final = "medium"
LOW: Final = "low"


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk."""

    name: str
    title: str
    severity: Severity
    failure: str
    mitigation: str
    open: str
    """What nothing stands against; empty where that is all."""


def every_risk(parameters: Parameters) -> list[Risk]:
    """All of them, the worst first."""
    return [*_markets(parameters), *_protocol(parameters), *_outside(), *_leaving(parameters)]


def _markets(p: Parameters) -> Iterator[Risk]:
    yield Risk(
        "insolvency",
        "claims",
        HIGH,
        "The price gaps past traders' margins, and the pool pays the deficit. A claim can take everything.",
        "The market's own fund, the creator's stake and unvested premiums pay first; "
        f"{format_bps(p.reserve_bps[0])} to {format_bps(p.reserve_bps[-1])} of open interest is required as reserve; "
        "a position is covered up to its initial margin.",
        "Nobody can refuse a claim that the rules allow: that is what the pool is for.",
    )
    yield Risk(
        "liquidity",
        "thin liquidity",
        HIGH,
        "Positions are larger than what trades near the price, so that a crash can't be sold into.",
        f"Open interest against depth is {WEIGHTS[1]} % of the score; above {format_bps(FLAGGED_RATIO)} the overlay "
        "allows no grade better than C.",
        "Depth is what the market states.",
    )
    yield Risk(
        "leverage",
        "high-leverage stacks",
        HIGH,
        "Many traders with small margins are liquidated by one small gap.",
        f"Leverage is {WEIGHTS[0]} % of the score, capped by grade at {format_leverage(p.leverage_cap[0])} down to "
        f"{format_leverage(p.leverage_cap[-1])}; a score above {format_factor(p.score_restrict)} lets open interest "
        "only fall.",
        "",
    )
    yield Risk(
        "cascade",
        "bad-debt cascades",
        MEDIUM,
        "Liquidations move the price and cause the next ones, in one market or in several.",
        "Each pool stands behind one market only: no other pool is ever touched.",
        "Markets of one asset fall together.",
    )
    yield Risk(
        "self_trade",
        "somebody trades against themselves",
        MEDIUM,
        "Both sides of a trade belong to one person, who lets the loser be insolvent.",
        "The pool pays at most the loser's initial margin, so that a gap larger than 1/leverage has to come first.",
        "It is bounded, not excluded; the creator is the house of the demo market.",
    )


def _protocol(p: Parameters) -> Iterator[Risk]:
    yield Risk(
        "oracle",
        "dependence on prices",
        HIGH,
        "A wrong price liquidates healthy positions, or leaves broken ones open.",
        f"A price is at most {p.price_max_age} s old; a step above {format_bps(p.step_bps)} is provisional; "
        f"liquidations use the better of two prices {p.lag_wait} s apart.",
        "A source that stays wrong for longer is believed.",
    )
    yield Risk(
        "liquidation",
        "liquidations fail",
        HIGH,
        "Keepers or the chain are down while the price falls, so that deficits grow.",
        "Anyone can liquidate and is paid for it; scores older than "
        f"{words.number(p.stale_epochs, 'epoch')} restrict the market.",
        "While nobody acts, losses grow up to the covered margins.",
    )
    yield Risk(
        "software",
        "errors in the programs",
        HIGH,
        "An error in a program loses or locks deposits.",
        "Programs, twin and verifier are written independently and compared on every run; attacks are tests.",
        "It is experimental and unaudited.",
    )
    yield Risk(
        "upgrade",
        "upgrade keys",
        HIGH,
        "Whoever holds the upgrade key of a program, or of a listed market's program, can replace it.",
        "No key moves deposits under the programs as they are; the monitoring tells when a program is upgraded.",
        "Upgrade keys are trusted.",
    )


def _outside() -> Iterator[Risk]:
    yield Risk(
        "usdc_freeze",
        "USDC is frozen",
        MEDIUM,
        "Circle can freeze the pool's account: nothing can be paid out until that ends.",
        "None is possible on chain.",
        "USDC's issuer is trusted.",
    )
    yield Risk(
        "usdc_depeg",
        "USDC loses its value",
        MEDIUM,
        "All amounts are USDC: a depeg is a loss in dollars that no pool covers.",
        "None is possible on chain.",
        "USDC's issuer is trusted.",
    )
    yield Risk(
        "chain",
        "Solana stops",
        MEDIUM,
        "No liquidation, claim or withdrawal happens while the chain is down, and the price goes on.",
        "Every state is kept; cranks catch up when it returns.",
        "The gap at its return is the pool's.",
    )


def _leaving(p: Parameters) -> Iterator[Risk]:
    yield Risk(
        "lock",
        "you can't leave at once",
        MEDIUM,
        "A withdrawal waits for its notice, stays at risk and earns nothing meanwhile.",
        f"The {format_bps(p.util_cap_bps)} cap delays it by at most "
        f"{words.lasting(p.force_after * NOMINAL_SECONDS)}; then it is payable whatever the cap says.",
        "A claim in that time still takes its part.",
    )
    yield Risk(
        "run",
        "others leave before you",
        LOW,
        "Providers whose notice is over can leave between a gap and the claim.",
        "Everybody has the same notice, requests count against the open-interest cap, and the cap holds them back.",
        "The pool can't see a deficit before the market reports it.",
    )
