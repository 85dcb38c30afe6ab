"""Another node may have kept what one cut off."""

from typing import Any

from offchain.chain.addresses import Addresses
from offchain.chain.backends.nodes import Nodes
from offchain.chain.backends.rpc import RpcError
from offchain.indexer.decode import Decoded, decode
from offchain.indexer.errors import NodeLieError
from offchain.indexer.ingest.fetch import OPTIONS
from offchain.indexer.raw import RawTransaction, read_raw


async def find_whole(nodes: Nodes, raw: RawTransaction, at: Addresses) -> tuple[RawTransaction, Decoded] | None:
    """The same transaction from the first node that shows all of its logs; None where none does."""
    if len(nodes.nodes) < 2:
        return None
    for node in nodes.nodes:
        try:
            answer: Any = await node.ask("getTransaction", raw.signature, OPTIONS)
            other = read_raw(answer, raw.position)
            decoded = decode(other, at)
        except (RpcError, NodeLieError):
            continue
        if (other.signature, other.slot, other.err) == (raw.signature, raw.slot, raw.err) and not decoded.truncated:
            return other, decoded
    return None
