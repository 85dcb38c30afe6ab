"""setuptools' step that puts the web UI into the package: `pip install` of a checkout builds it."""

import sys
from pathlib import Path

from setuptools.command.build_py import build_py  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:  # setuptools loads this file by its path, before the package can be imported
    sys.path.insert(0, str(ROOT))

from offchain.web.bundle import build  # noqa: E402
from offchain.web.errors import WebBuildError  # noqa: E402


class BuildWithWeb(build_py):  # type: ignore[misc]
    """Builds the bundle first, so that it is among the package's files.

    Not for an editable install: there `scripts/environment.py` builds it, which can do without.
    """

    def run(self) -> None:
        """As setuptools calls it."""
        if not self.editable_mode:
            try:
                build(ROOT / "web", ROOT / ".cache")
            except WebBuildError as error:
                raise SystemExit(str(error)) from None
            self.__dict__.pop("data_files", None)  # listed before there was a bundle
        super().run()
