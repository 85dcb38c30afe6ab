"""Prices and keeper on a running market's chain, whose clock is driven, in this process or another."""

from dataclasses import replace

from offchain.chain.backends.node import RefusedError
from offchain.chain.backends.nodes import Nodes
from offchain.settings.safety import LOCALNET
from offchain.settings.tree import Settings
from offchain.stage.roles import keeper_settings, price_settings


async def paced(settings: Settings) -> Settings:
    """The settings as they are, or fitted to the chain's clock where that is driven; RpcError when no node answers."""
    if settings.cluster != LOCALNET or not await _is_driven(settings):
        return settings
    return replace(settings, prices=price_settings(settings.prices), keeper=keeper_settings(settings.keeper))


async def _is_driven(settings: Settings) -> bool:
    nodes = Nodes(settings.rpc_urls)
    try:
        await nodes.ask("percosec_clock")
    except RefusedError:
        return False
    finally:
        await nodes.close()
    return True
