"""The market player waits for keepers, and says what they have not done when they don't do it."""

from pathlib import Path

import pytest

from scripts.benches.march.player import KeepersIdleError
from scripts.benches.march.run import Plan, march


def test_without_a_keeper_the_first_epoch_fails_and_names_what_is_due(tmp_path: Path) -> None:
    plan = Plan("2020-03-12T00:00", "2020-03-12T02:00", keepers=(), patience=1)
    with pytest.raises(KeepersIdleError) as caught:
        march(tmp_path, plan)
    assert "the score of epoch 96 (there is none yet)" in str(caught.value)
    assert "the synchronisation to 7" in str(caught.value)
