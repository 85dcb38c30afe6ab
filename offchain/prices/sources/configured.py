"""The sources that the settings ask for."""

import os
from collections.abc import Mapping
from pathlib import Path

from offchain.database.database import Database
from offchain.prices.errors import PriceError
from offchain.prices.sources import anchors
from offchain.prices.sources.base import Source
from offchain.prices.sources.binance import BinanceSource
from offchain.prices.sources.pyth import KEY_NAME, PythSource
from offchain.prices.sources.recording import RecordingSource
from offchain.prices.sources.replay import as_recorded, read_recording
from offchain.settings.prices import BINANCE, PYTH, RECORDED, RECORDING, PriceSettings

DATA = Path(__file__).resolve().parents[2] / "data"


def configured_sources(
    settings: PriceSettings,
    cluster: str,
    database: Database,
    now_ms: int,
    environment: Mapping[str, str] = os.environ,
) -> list[Source]:
    """The sources of a cluster, the preferred one first; PriceError when they have no pair between them."""
    sources: list[Source] = []
    for name in settings.sources_on(cluster):
        names = {pair: getattr(found, name) for pair, found in settings.pairs.items() if getattr(found, name)}
        if not names:
            continue
        if name == RECORDING:
            sources.append(_recording(settings, names, database, now_ms))
        elif name == PYTH:
            sources.append(PythSource(settings.pyth_url, names, settings.timeout_ms, environment.get(KEY_NAME, "")))
        elif name == BINANCE:
            sources.append(BinanceSource(settings.binance_url, names, settings.timeout_ms))
    if not sources:
        raise PriceError(
            f"no pair has a name at {' or '.join(settings.sources_on(cluster))}: "
            'write one into [prices.pairs."BTC/USD"] of seahorse.toml'
        )
    return sources


def recording_path(name: str) -> Path:
    """Where a candle file is: one of the project's own by its name, others by their path."""
    return DATA / name if "/" not in name and (DATA / name).is_file() else Path(name).expanduser()


def _recording(settings: PriceSettings, names: Mapping[str, str], database: Database, now_ms: int) -> RecordingSource:
    recordings = {pair: read_recording(recording_path(name)) for pair, name in names.items()}
    if settings.clock == RECORDED:
        return RecordingSource({pair: as_recorded(recording) for pair, recording in recordings.items()})
    with database.session() as session:
        replays = {
            pair: anchors.replay(session, pair, recording, settings.start, settings.speed, now_ms)
            for pair, recording in recordings.items()
        }
        session.commit()
    return RecordingSource(replays)
