"""The page's line to the live updates: it can be cut and mended, and everything on it is kept."""

import json
import re
from typing import Any

from playwright.sync_api import Page, WebSocketRoute

LIVE = re.compile(r"/v1/ws$")
DIRECT_IS_HERE = "performance.getEntriesByType('resource').some(each => each.name.includes('/assets/direct-'))"
"""The page for a silent server, in a browser: it is fetched when there is nothing else to do."""


class Wire:
    """Has to be laid before the page is opened."""

    def __init__(self, page: Page) -> None:
        self.asked: list[dict[str, Any]] = []
        """What the page sent."""
        self.heard: list[dict[str, Any]] = []
        """What the server sent."""
        self.is_cut = False
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(LIVE, self._connect)

    def cut(self) -> None:
        """From now on there is no connection."""
        self.is_cut = True
        for socket in self._open:
            socket.close()
        self._open.clear()

    def mend(self) -> None:
        """The page's next try gets through."""
        self.is_cut = False

    def say(self, frame: dict[str, Any]) -> None:
        """To the page, as if the server said it."""
        self._open[-1].send(json.dumps(frame))

    def snapshots(self, topic: str) -> list[dict[str, Any]]:
        """Those of a topic, in order."""
        return [each for each in self.heard if each["type"] == "snapshot" and each["topic"] == topic]

    def _connect(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
            return
        server = socket.connect_to_server()

        def ask(message: str | bytes) -> None:
            self.asked.append(json.loads(message))
            server.send(message)

        def hear(message: str | bytes) -> None:
            self.heard.append(json.loads(message))
            socket.send(message)

        socket.on_message(ask)
        server.on_message(hear)
        self._open.append(socket)
