"""What the twin raises where the programs refuse."""


class Refused(Exception):
    """An operation the protocol does not allow; `code` is the stable error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def require(condition: bool, code: str) -> None:
    """Raises Refused(code) unless the condition holds."""
    if not condition:
        raise Refused(code)
