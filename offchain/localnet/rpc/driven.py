"""Methods of this project that move a driven clock; a chain on real time does not know them."""

from offchain.localnet.errors import INVALID_PARAMS, Json, LocalnetError, RpcError
from offchain.localnet.rpc.params import Params


def clock(params: Params) -> Json:
    """Where time stands."""
    chain = params.chain
    return {"unixTimestamp": chain.unix_timestamp, "slot": chain.slot, "blockHeight": chain.block_height}


def warp_to(params: Params) -> Json:
    """Go forward to a unix time in seconds."""
    try:
        params.chain.warp_to(params.integer(0))
    except LocalnetError as error:
        raise RpcError(INVALID_PARAMS, str(error)) from None
    return clock(params)


def advance(params: Params) -> Json:
    """Go forward by a number of seconds."""
    try:
        params.chain.advance(params.integer(0))
    except LocalnetError as error:
        raise RpcError(INVALID_PARAMS, str(error)) from None
    return clock(params)


METHODS = {
    "percosec_clock": clock,
    "percosec_warpTo": warp_to,
    "percosec_advance": advance,
}
