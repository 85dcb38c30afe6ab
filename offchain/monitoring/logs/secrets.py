"""What must never stand in a log: keys, passwords, and what providers hide in the paths of URLs."""

import re
from collections.abc import Iterable, Mapping

from offchain.settings.tree import Settings
from offchain.settings.urls import shown

HIDDEN = "..."
URL = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s\"'<>\\]+", re.IGNORECASE)
KEY_BYTES = re.compile(r"\[\s*(?:\d{1,3}\s*,\s*){31,}\d{1,3}\s*\]")
"""A secret key as Solana's files hold it."""
SECRET_NAMES = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE|CREDENTIAL|WEBHOOK", re.IGNORECASE)
LEAST = 8
"""Shorter values are ordinary words."""
_TAIL = ".,;:)]}"


def secrets_of(environment: Mapping[str, str], settings: Settings | None = None) -> frozenset[str]:
    """Values that may not be shown: variables with such names, and the secret parts of configured addresses."""
    found = {value for name, value in environment.items() if SECRET_NAMES.search(name) and "/" not in value[:1]}
    if settings is not None:
        addresses = [*settings.rpc_urls, settings.ws_url, settings.database, settings.monitoring.webhook]
        found.update(part for address in addresses for part in _secret_parts(address))
    return frozenset(value for value in found if len(value) >= LEAST)


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without them."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    text = KEY_BYTES.sub(f"[{HIDDEN}]", text)
    return URL.sub(lambda found: _shown(found[0]), text)


def _shown(url: str) -> str:
    bare = url.rstrip(_TAIL)
    if bare.lower().startswith(("sqlite:", "file:")):
        return url
    return shown(bare) + url[len(bare) :]


def _secret_parts(address: str) -> Iterable[str]:
    """User, password, path and query of an address; a file's path is none."""
    scheme, separator, rest = address.partition("://")
    if not separator or scheme.startswith("sqlite"):
        return
    place, slash, path = rest.partition("/")
    if "@" in place:
        yield place.rpartition("@")[0].partition(":")[2]
    if slash and not scheme.startswith("postgres"):
        yield path
