"""The nodes: reachable, healthy, and of the cluster that is meant."""

from collections.abc import Iterator

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from offchain.chain.backends.rpc import RpcError
from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.commands.rpc import ask
from offchain.settings.safety import LOCALNET
from offchain.settings.urls import shown

WS_SECONDS = 5.0


def check_nodes(context: Context) -> Iterator[Finding]:
    """Each node in turn, then WebSockets."""
    for url in context.settings.rpc_urls:
        yield check_node(context, url)
    yield _websocket(context.settings.ws_url)


def check_node(context: Context, url: str) -> Finding:
    """What a node says of itself."""
    cluster = context.settings.cluster
    try:
        version = ask(context, "getVersion", url=url)
        genesis = ask(context, "getGenesisHash", url=url)
    except RpcError as error:
        start = "start one with percosec localnet" if cluster == LOCALNET else "give another one with --rpc"
        return fail("node", str(error), start)
    what = f"{shown(url)} runs Solana {version.get('solana-core', 'of an unknown version')}"
    served = next((each.name for each in context.project.clusters.values() if each.genesis_hash == genesis), None)
    expected = context.cluster.genesis_hash
    if (expected and genesis != expected) or (not expected and served):
        other = served or "another chain"
        return fail("node", f"{what}, but serves {other}, not {cluster}", "give a node of the cluster with --rpc")
    try:
        ask(context, "getHealth", url=url)
    except RpcError as error:
        return warn("node", f"{what}, but is not healthy ({error})", "wait until it has caught up, or take another one")
    return ok("node", f"{what}, genesis {genesis[:8]}..")


def _websocket(url: str) -> Finding:
    try:
        with connect(url, open_timeout=WS_SECONDS, close_timeout=1):
            return ok("websocket", f"{shown(url)} answers")
    except (OSError, WebSocketException) as error:
        reason = str(error) or type(error).__name__
        text = f"{shown(url)} does not answer ({reason})"
        return warn("websocket", text, "set PERCOSEC_WS; without it a keeper asks instead of listening")
