"""What handlers are given, in the form in which Litestar wants it said."""

from litestar.di import NamedDependency

from offchain.api.context import ApiContext

Context = NamedDependency[ApiContext]
