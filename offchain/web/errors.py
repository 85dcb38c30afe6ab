"""What can go wrong with the web UI on this side of the browser; standard library only, see `node`."""


class WebBuildError(Exception):
    """The bundle can't be built; the message says what to do."""
