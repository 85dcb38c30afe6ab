"""What the browser takes from Python is what Python would give it now."""

from pathlib import Path

from offchain.settings.project import load_project
from offchain.web import facts
from tests.web import vectors

ROOT = Path(__file__).resolve().parents[2]


def test_the_facts_of_the_chain_are_current() -> None:
    assert (ROOT / facts.FILE).read_text(encoding="utf-8") == facts.text(load_project()), "run scripts/build_web"


def test_the_browsers_test_transactions_are_current() -> None:
    assert vectors.FILE.read_text(encoding="utf-8") == vectors.text(), "run python -m tests.web.vectors"
