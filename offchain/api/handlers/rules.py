"""Parameters, fees and risks."""

from litestar import Response

from offchain.api.answers import answer
from offchain.api.bodies import rules
from offchain.api.handlers.given import Asked, Context
from offchain.api.handlers.read import read
from offchain.api.reading import reading
from offchain.api.schemas.rules import Fees, Params, Risks


@read("/v1/params", "getParams", "Parameters", "rules")
def get_params(
    request: Asked,
    context: Context,
) -> Response[Params]:
    """Every number that the programs are compiled with, and the bounds of what a creator chooses."""
    with reading(context) as view:
        return answer(request, rules.params(view))


@read("/v1/fees", "getFees", "Fees", "rules")
def get_fees(
    request: Asked,
    context: Context,
) -> Response[Fees]:
    """Every fee with payer, receiver and bound."""
    with reading(context) as view:
        return answer(request, rules.fees(view))


@read("/v1/risks", "getRisks", "Risks", "rules")
def get_risks(
    request: Asked,
    context: Context,
) -> Response[Risks]:
    """Every known risk with severity, failure mode and mitigation."""
    with reading(context) as view:
        return answer(request, rules.risks(view))


ROUTES = [get_params, get_fees, get_risks]
