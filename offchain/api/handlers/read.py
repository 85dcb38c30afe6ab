"""`@read`: what all reading routes have in common."""

from collections.abc import Callable
from typing import Any

from litestar import get
from litestar.handlers import HTTPRouteHandler

from offchain.api.openapi import problems

IN_THREAD = True
"""Statements block, and a slow one must not hold up the event loop with its live updates."""


def read(
    path: str, operation_id: str, summary: str, tag: str, *statuses: int, media_type: str | None = None
) -> Callable[[Callable[..., Any]], HTTPRouteHandler]:
    """A GET route; `statuses`: its refusals besides those that every route has."""
    return get(
        path,
        operation_id=operation_id,
        summary=summary,
        tags=[tag],
        responses=problems(*statuses),
        sync_to_thread=IN_THREAD,
        media_type=media_type,
    )
