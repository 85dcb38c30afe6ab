"""From a node's transaction to named instructions, typed events and the cause of a failure."""

from offchain.indexer.decode.decode import decode, decode_all
from offchain.indexer.decode.idl import event_json
from offchain.indexer.decode.model import Decoded, DecodedEvent, DecodedInstruction

__all__ = ["Decoded", "DecodedEvent", "DecodedInstruction", "decode", "decode_all", "event_json"]
