"""What handlers are given, in the form in which Litestar wants it said."""

from typing import Annotated

from litestar.di import NamedDependency
from litestar.params import PathParameter

from offchain.api.context import ApiContext

Context = NamedDependency[ApiContext]
MarketId = Annotated[str, PathParameter(description="Name or address of the market")]
