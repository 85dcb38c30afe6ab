"""Every file of this folder looks at a market at the end of its story."""

import pytest

from tests.support.figures.story import Told
from tests.support.served import Served


@pytest.fixture(scope="module")
def app(told: Told) -> Served:
    """What `screen` and `phone` open."""
    return told.served
