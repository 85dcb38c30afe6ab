"""Methods about the node and its version."""

from offchain.localnet.errors import Json
from offchain.localnet.rpc.params import Params


def get_health(_params: Params) -> Json:
    """Always well while it answers."""
    return "ok"


def get_version(_params: Params) -> Json:
    """The version of the runtime inside."""
    return {"solana-core": "2.2.0", "feature-set": 0}


def get_genesis_hash(params: Params) -> Json:
    """The first blockhash."""
    return str(params.chain.genesis_hash)


METHODS = {
    "getHealth": get_health,
    "getVersion": get_version,
    "getGenesisHash": get_genesis_hash,
}
