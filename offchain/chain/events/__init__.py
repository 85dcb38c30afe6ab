"""Events: typed classes (generated), and their decoding from logs."""

from offchain.chain.events.base import Event
from offchain.chain.events.parse import Emitted, ParsedLogs, parse_events

__all__ = ["Emitted", "Event", "ParsedLogs", "parse_events"]
