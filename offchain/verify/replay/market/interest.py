"""What open positions add up to."""

from offchain.verify.replay.market.state import Market, Position


def add_weight(market: Market, position: Position, sign: int) -> None:
    """Count (1) or no longer count (-1) a position's notional and leverage."""
    market.entry_notional += sign * position.notional
    market.entry_weight += sign * position.notional * position.leverage


def _add(market: Market, position: Position, sign: int) -> None:
    if position.is_long:
        market.oi_long += sign * position.size
    else:
        market.oi_short += sign * position.size
    market.margins += sign * position.margin
    market.open_positions += sign
    add_weight(market, position, sign)


def put_in(market: Market, position: Position) -> None:
    """The position counts from now on."""
    _add(market, position, 1)


def take_out(market: Market, position: Position) -> None:
    """The position no longer counts."""
    _add(market, position, -1)
