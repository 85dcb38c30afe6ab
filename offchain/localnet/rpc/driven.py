"""Methods of this project that move a driven clock; a chain on real time does not know them."""

from offchain.localnet.errors import INVALID_PARAMS, Json, LocalnetError, RpcError
from offchain.localnet.rpc.params import Params


def clock(params: Params) -> Json:
    """Where time stands."""
    chain = params.chain
    return {"unixTimestamp": chain.unix_timestamp, "slot": chain.slot, "blockHeight": chain.block_height}


def warp_to(params: Params) -> Json:
    """Go forward to a unix time in seconds, in at most the blocks given as second parameter."""
    try:
        params.chain.warp_to(params.integer(0), _blocks(params))
    except LocalnetError as error:
        raise RpcError(INVALID_PARAMS, str(error)) from None
    return clock(params)


def advance(params: Params) -> Json:
    """Go forward by a number of seconds, in at most the blocks given as second parameter."""
    try:
        params.chain.advance(params.integer(0), _blocks(params))
    except LocalnetError as error:
        raise RpcError(INVALID_PARAMS, str(error)) from None
    return clock(params)


def _blocks(params: Params) -> int | None:
    return params.integer(1) if params.at(1) is not None else None


METHODS = {
    "percosec_clock": clock,
    "percosec_warpTo": warp_to,
    "percosec_advance": advance,
}
