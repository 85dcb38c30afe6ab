"""Which roles a process has, and which combinations of settings are refused."""

from offchain.database.urls import read_url
from offchain.serve.errors import ServeError
from offchain.settings.safety import LOCALNET
from offchain.settings.section import FILE
from offchain.settings.serve import API, INDEXER, KEEPER, MARKET, PRICES, PROCESSOR, ROLES, SERVICES
from offchain.settings.tree import Settings, Sources
from offchain.settings.urls import is_loopback


def roles_of(settings: Settings, sources: Sources) -> tuple[str, ...]:
    """The roles in force in the order of `ROLES`: those named, else all, else what runs on a chain that is given."""
    chosen = settings.serve.roles
    if not chosen:
        own_chain = settings.cluster == LOCALNET and sources["rpc"] == FILE
        chosen = ROLES if own_chain else SERVICES
    return tuple(name for name in ROLES if name in chosen)


def check(settings: Settings, roles: tuple[str, ...], sources: Sources) -> None:
    """ServeError where roles, keys, database and address don't fit together, with the way out."""
    _check_market(settings, roles, sources)
    _check_database(settings, roles)
    if KEEPER in roles and settings.cluster != LOCALNET and settings.keypair is None:
        others = ",".join(name for name in roles if name != KEEPER)
        raise ServeError(
            f"the keeper needs a key with some SOL on {settings.cluster}: give --keypair FILE"
            + (f", or leave the keeper out with --roles {others}" if others else "")
        )
    if settings.serve.analytics == "on" and not is_loopback(settings.serve.host):
        raise ServeError(
            f"{settings.serve.host} can be reached from elsewhere, and /analytics shows what only the team should see: "
            "listen on 127.0.0.1 behind a proxy with a password, or say PERCOSEC_SERVE_ANALYTICS=public"
        )


def shows_analytics(settings: Settings) -> bool:
    """Whether this process shows the team's pages."""
    choice = settings.serve.analytics
    return choice in ("on", "public") or (choice == "auto" and is_loopback(settings.serve.host))


def _check_market(settings: Settings, roles: tuple[str, ...], sources: Sources) -> None:
    if MARKET not in roles:
        return
    if settings.cluster != LOCALNET:
        raise ServeError(f"the role market is a local chain, the cluster is {settings.cluster}: leave it out")
    if sources["rpc"] != FILE:
        raise ServeError(
            "the role market starts a chain of its own, and --rpc (or PERCOSEC_RPC) names another: leave one out"
        )


def _check_database(settings: Settings, roles: tuple[str, ...]) -> None:
    """One SQLite file serves one process: what others write it does not hear of."""
    if read_url(settings.database).get_backend_name() != "sqlite":
        return
    sharing = [name for name in (INDEXER, PROCESSOR, PRICES, API) if name in roles]
    if sharing and not (INDEXER in roles and API in roles):
        missing = API if INDEXER in roles else INDEXER
        raise ServeError(
            f"{sharing[0]} without {missing} means several processes, and an SQLite file is for one: "
            "set PERCOSEC_DATABASE=postgresql://USER@HOST/NAME, the same for each of them"
        )
