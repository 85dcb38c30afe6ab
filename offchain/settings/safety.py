"""Combinations of settings that could cost money by mistake; each is refused with the way out."""

from pathlib import Path

from offchain.settings.paths import DEV_ADMIN, DEV_KEYS
from offchain.settings.table import SettingsError
from offchain.settings.urls import cluster_of, is_loopback, shown, split_url

LOCALNET = "localnet"
DATABASES = ("sqlite", "postgres", "postgresql", "postgresql+psycopg")


def check_rpc(cluster: str, url: str) -> None:
    """Refuse a node of another cluster, and unencrypted connections that could be tampered with."""
    parts = split_url(url, ("http", "https"), "--rpc")
    host = parts.hostname or ""
    if is_loopback(host):
        if cluster != LOCALNET:
            raise SettingsError(
                f"{shown(url)} is a local chain, the cluster is {cluster}: name a node of {cluster} with --rpc, "
                "or take --cluster localnet"
            )
        return
    found = cluster_of(host)
    if found is not None and found != cluster:
        raise SettingsError(f"{shown(url)} is a node of {found}, the cluster is {cluster}: give --cluster {found}")
    if parts.scheme == "http" and cluster != LOCALNET:
        raise SettingsError(f"{shown(url)} is not encrypted: use https:// for {cluster}")


def check_websocket(cluster: str, url: str) -> None:
    """The same for the address of WebSockets."""
    parts = split_url(url, ("ws", "wss"), "PERCOSEC_WS")
    host = parts.hostname or ""
    if is_loopback(host) and cluster != LOCALNET:
        raise SettingsError(f"PERCOSEC_WS {shown(url)} is a local chain, the cluster is {cluster}: correct one of them")
    found = cluster_of(host)
    if found is not None and found != cluster:
        raise SettingsError(f"PERCOSEC_WS {shown(url)} is a node of {found}, the cluster is {cluster}: correct it")


def check_key_file(cluster: str, path: Path) -> None:
    """Refuse the repository's own keys beyond a local chain: everybody has them."""
    real = path.resolve()
    if cluster != LOCALNET and (real == DEV_ADMIN.resolve() or DEV_KEYS.resolve() in real.parents):
        raise SettingsError(
            f"{path.name} is a public development key, anyone can sign with it: take a key of your own on {cluster}"
        )


def check_database(url: str) -> None:
    """Only databases that the tables are made for."""
    scheme = url.partition("://")[0]
    if "://" not in url or scheme not in DATABASES:
        raise SettingsError(
            f"the database {shown(url)!r} can't be used: write sqlite:///FILE or postgresql://USER@HOST/NAME"
        )
