"""One run from the candle file to the checked result."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from offchain.chain.epochs import NOMINAL_SECONDS
from offchain.demo.balance import balance_sheet
from offchain.demo.candles import CandleSeries, read_candles
from offchain.demo.cast import gather
from offchain.demo.errors import DemoError
from offchain.demo.options import Options
from offchain.demo.player import Player
from offchain.demo.recompute import recompute
from offchain.demo.recording import Recording, record
from offchain.demo.result import Result, read_claims
from offchain.demo.session import Session
from offchain.demo.setup import set_up
from offchain.demo.stage import EmbeddedStage, Stage
from offchain.demo.story import MarketState, Story
from offchain.demo.timeline import Timeline
from offchain.demo.validator_stage import EPOCH_SECONDS, validator_stage
from offchain.demo.view import View
from offchain.demo.window import Window, choose_window, cut, steepest_window
from offchain.settings.project import load_project

ViewOf = Callable[[Story], View]
"""Chooses the view of a story."""


def run(options: Options, view_of: ViewOf) -> Result:
    """Play the recording and check the result; raises PercosecError for bad input.

    A wrong balance or claim does not raise: look at `Result.faults`.
    """
    began = time.monotonic()
    series = read_candles(options.data)
    recording = record(cut(series, _window(options, series)), options.crash_scale)
    with _stage(options, recording.start) as stage:
        return play(recording, stage, view_of, began)


def _window(options: Options, series: CandleSeries) -> Window:
    asked = options.begin or options.end or options.everything
    if options.backend == "test-validator" and not asked:
        return steepest_window(series)
    return choose_window(series, options.begin, options.end, options.everything)


def _stage(options: Options, start: int) -> AbstractContextManager[Stage]:
    if options.backend == "embedded":
        return nullcontext(EmbeddedStage(start, options.keep, options.epoch_seconds or NOMINAL_SECONDS))
    if options.keep is not None:
        raise DemoError("--keep works with the embedded backend only: a validator's ledger goes with it")
    return validator_stage(options.epoch_seconds or EPOCH_SECONDS)


def play(recording: Recording, stage: Stage, view_of: ViewOf, began: float) -> Result:
    """Play on a stage that is ready, check, and leave the state where it is to be kept."""
    cast = gather(recording.plans())
    session = Session(stage.chain)
    story = Story(
        first_time=recording.start,
        last_time=recording.end,
        markets=[MarketState(market.plan.name) for market in cast.markets],
        now=recording.start,
        epochs_total=recording.epochs,
    )
    set_up(session, stage, cast)
    timeline = Timeline(recording.start, stage.schedule)
    parameters = load_project().profile("development").parameters
    player = Player(session, stage, cast, story, timeline, parameters)
    with view_of(story) as view:
        player.play(recording.publications(), view)
    verdict = recompute(stage)
    claims = [claim for desk in player.desks for claim in read_claims(desk, verdict.payouts)]
    sheet = balance_sheet(stage.chain, cast.mint.key, cast.names())
    stage.keep()
    return Result(
        backend=stage.name,
        session=session,
        desks=tuple(player.desks),
        claims=tuple(claims),
        sheet=sheet,
        verifier_faults=verdict.faults,
        seconds=time.monotonic() - began,
        shortened=stage.shortened,
    )
