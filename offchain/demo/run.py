"""One run from the candle file to the checked result."""

import time
from collections.abc import Callable

from offchain.demo.balance import balance_sheet
from offchain.demo.candles import read_candles
from offchain.demo.cast import gather
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
from offchain.demo.view import View
from offchain.demo.window import choose_window, cut
from offchain.settings.project import load_project

ViewOf = Callable[[Story], View]
"""Chooses the view of a story."""


def run(options: Options, view_of: ViewOf) -> Result:
    """Play the recording and check the result; raises PercosecError for bad input.

    A wrong balance or claim does not raise: look at `Result.faults`.
    """
    began = time.monotonic()
    series = read_candles(options.data)
    window = choose_window(series, options.begin, options.end, options.everything)
    recording = record(cut(series, window), options.crash_scale)
    stage = EmbeddedStage(recording.start, options.keep, options.epoch_seconds)
    return play(recording, stage, view_of, began)


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
