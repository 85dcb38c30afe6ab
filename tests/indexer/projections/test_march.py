"""The whole demo, March 2020: every account of two markets follows from the events."""

from offchain.demo import run as running
from offchain.demo.candles import read_candles
from offchain.demo.options import Options
from offchain.demo.recording import record
from offchain.demo.stage import EmbeddedStage
from offchain.demo.view import SilentView
from offchain.demo.window import choose_window, cut
from tests.indexer.projections.audited import audited


def test_march_2020_is_projected_whole() -> None:
    options = Options()
    series = read_candles(options.data)
    recording = record(cut(series, choose_window(series, None, None, False)), options.crash_scale)
    stage = EmbeddedStage(recording.start)
    running.play(recording, stage, lambda story: SilentView(), 0.0)
    found = audited(stage.local)
    assert found.accounts["ClaimRecord"] > 3
    assert found.accounts["PerpPosition"] > 50
    assert found.fields.total() > 1_500
    assert found.mismatches == []
