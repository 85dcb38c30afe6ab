"""Unmodified Solana clients on a chain in the same process, without a port."""

from typing import Any, cast

import httpx
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Commitment, Confirmed

from offchain.localnet.app import create_app
from offchain.localnet.chain import LocalChain

_URL = "http://localnet.invalid"
"""Never resolved: the requests do not leave the process."""


def client_of(chain: LocalChain, commitment: Commitment = Confirmed) -> AsyncClient:
    """A solana-py client that talks to `chain`; anchorpy's Provider takes it as its connection. Close it after use."""
    client = AsyncClient(_URL, commitment)
    app = cast(Any, create_app(chain))  # Litestar's and httpx's types of an ASGI application differ
    client._provider.session = httpx.AsyncClient(transport=httpx.ASGITransport(app=app))
    return client
