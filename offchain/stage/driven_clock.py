"""The clock of a local chain, moved over its RPC."""

from offchain.localnet.limits import SLOT_MILLISECONDS
from offchain.stage.errors import StageError
from offchain.verify.errors import VerifyError
from offchain.verify.evidence.node import Node


class DrivenClock:
    """Reads and moves the clock of the chain behind a node."""

    def __init__(self, node: Node) -> None:
        """Nothing is asked yet."""
        self._node = node

    def check(self) -> None:
        """StageError where nobody may move the clock."""
        self._node.ask("getHealth")
        try:
            self.now()
        except VerifyError as error:
            raise StageError(
                f"the clock of the chain at {self._node.url} can't be driven: start it with "
                "`percosec localnet --clock driven`"
            ) from error

    def now(self) -> int:
        """Unix time in seconds."""
        return int(self._node.ask("percosec_clock")["unixTimestamp"])

    def flow(self, seconds: int, real_seconds: float) -> int:
        """Let `seconds` pass in as many blocks as a validator makes in `real_seconds`; returns the new time.

        Blockhashes age by blocks: a wallet has as long to sign here as anywhere.
        """
        blocks = max(1, round(real_seconds * 1_000 / SLOT_MILLISECONDS))
        return int(self._node.ask("percosec_advance", seconds, blocks)["unixTimestamp"])

    def jump(self, moment: int, blocks: int | None = 1) -> int:
        """Go to `moment`, in one block or as many as fit into the time (None). Returns the new time.

        Nothing happens when the moment has passed already.
        """
        if moment <= self.now():
            return self.now()
        limit = () if blocks is None else (blocks,)
        return int(self._node.ask("percosec_warpTo", moment, *limit)["unixTimestamp"])
