"""The few pictures of the README: what fits a screen, as WebP, made by the browser itself."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

from scripts.shots.camera import Camera, Scheme
from scripts.shots.errors import ShotError
from scripts.shots.places import Place

MOST_BYTES = 200_000
QUALITIES = (0.9, 0.8, 0.65, 0.5)
"""The first that is small enough is taken."""
ENCODE = """async ([png, quality]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/webp", quality })).arrayBuffer());
  return btoa(Array.from(bytes, each => String.fromCharCode(each)).join(""));
}"""


@dataclass(frozen=True)
class Chosen:
    """One picture of the README."""

    place: str
    width: int
    scheme: Scheme

    @property
    def file(self) -> str:
        """Its name in docs/images."""
        return f"{self.place}-{'phone' if self.width < 600 else 'wide'}.webp"


CHOSEN = (
    Chosen("market", 1280, "light"),
    Chosen("pool", 1280, "dark"),
    Chosen("receipt", 1280, "light"),
    Chosen("home", 390, "light"),
    Chosen("pool", 390, "dark"),
)


def keep(used: Camera, place: Place, folder: Path) -> list[Path]:
    """Take what the README shows of a page; returns the files written."""
    browser = used.page.context.browser
    assert browser is not None  # noqa: S101  (the camera launched it)
    written = []
    for each in CHOSEN:
        if each.place == place.name:
            path = folder / each.file
            path.write_bytes(webp(browser, used.take(place, each.width, each.scheme, is_whole=False)))
            written.append(path)
    return written


def webp(browser: Browser, png: bytes) -> bytes:
    """The picture at the best quality that stays under MOST_BYTES; ShotError where none does."""
    page = browser.new_page()
    try:
        for quality in QUALITIES:
            content = b64decode(page.evaluate(ENCODE, [b64encode(png).decode(), quality]))
            if len(content) < MOST_BYTES:
                return content
    finally:
        page.close()
    raise ShotError(f"the picture stays above {MOST_BYTES} bytes at quality {QUALITIES[-1]}")
