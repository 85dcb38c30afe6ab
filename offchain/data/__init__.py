"""Recorded candles that come with the package; see README.md in this folder for where they are from."""

from pathlib import Path

MARCH_2020 = Path(__file__).with_name("btc_usd_1h_2020-01-17_2020-04-09.csv")
"""Hourly candles around the crash of March 2020."""

QUARTER_2023 = Path(__file__).with_name("btc_usd_15m_2023q1.csv")
"""15-minute candles of a calm quarter."""
