"""The chain's clock beside this machine's."""

import time

from offchain import words
from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.settings.safety import LOCALNET

FINE = 15
"""Seconds of skew that mean nothing: chains measure time by votes."""
TOO_MUCH = 60
"""Seconds from which prices with this machine's time are refused."""


def check_clock(context: Context) -> Finding:
    """How far the two are apart."""
    chain, machine = context.chain().now(), int(time.time())
    skew = abs(chain - machine)
    side = "behind" if chain < machine else "ahead of"
    text = f"the chain's clock is {words.lasting(skew)} {side} this machine's"
    if skew <= FINE:
        return ok("clock", f"the chain says {words.date(chain)}, as this machine")
    if context.settings.cluster == LOCALNET:
        return warn("clock", text, "nothing, if the chain's clock is driven; else restart it")
    level = fail if skew > TOO_MUCH else warn
    return level("clock", text, "set this machine's clock (NTP), or take a node that has caught up")
