"""The OpenAPI document, at /v1/openapi.json."""

from litestar.openapi import OpenAPIConfig
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Tag

from offchain.api.problems import MEDIA_TYPE, ProblemBody

ABOUT = """Insurance pools for perpetual-futures markets: what the index knows of the chain.

Amounts are decimal integers in strings, in atoms (`decimals` says how many of them make one: 10^6), prices 1e-6 USD.
Every body says `as_of_slot`, the slot up to which it is true. Refusals are `application/problem+json`.
Experimental, unaudited software. Non-custodial. Deposits may be used to cover insolvencies. Losses possible, up to
everything. No yield is promised."""

_TAGS = {
    "service": "The service itself, its clock and its index",
    "markets": "Markets, their risk and their terms",
    "pools": "Insurance pools and the positions of their providers",
    "trading": "Perp positions, prices and candles",
    "claims": "Claims and what was no claim",
    "transactions": "Quotes, and transactions to sign: built, simulated and told in plain words",
    "keepers": "Who turns the cranks",
    "rules": "Parameters, fees and risks",
    "history": "Transactions and events",
}


def openapi_config(version: str) -> OpenAPIConfig:
    """For Litestar; no page of it loads anything from elsewhere."""
    return OpenAPIConfig(
        title="PercoSec",
        version=version,
        description=ABOUT,
        # Litestar answers everything else below this path with a page of HTML.
        path="/v1/openapi.json",
        render_plugins=[JsonRenderPlugin(path="/")],
        tags=[Tag(name=name, description=words) for name, words in _TAGS.items()],
        use_handler_docstrings=True,
    )


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Declared refusals of a route, beside those every route has."""
    words = {
        400: "A parameter is missing or wrong; `detail` says which",
        403: "Not on this chain",
        404: "There is no such thing",
        409: "Not possible in the present state; `detail` says why",
        422: "The chain would refuse it, or it would hurt the user; `code` and `detail` say why",
        429: "Too many requests from this address; `Retry-After` says when to try again",
        500: "Our own failure",
        503: "Not possible at the moment; `Retry-After` says when to try again",
    }
    wanted = sorted({400, 429, 500, 503, *statuses})
    return {
        status: ResponseSpec(ProblemBody, generate_examples=False, description=words[status], media_type=MEDIA_TYPE)
        for status in wanted
    }
