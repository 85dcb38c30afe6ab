"""A liquidity provider without a browser: signs in Python and sends straight to the chain's node."""

import time
from base64 import b64encode

import httpx
from solders.hash import Hash
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.transaction import Transaction

from offchain.chain.instructions.insurance_pool.provider import deposit
from offchain.chain.tokens import associated
from tests.support.browser import ask
from tests.support.patience import PATIENCE
from tests.support.raw.node import Calendar
from tests.support.served import Served

TRIES = 8
"""A deposit names its epoch, and that may be over when it lands."""
CONFIRMED = {"commitment": "confirmed"}


class Depositor:
    """One of them, with test USDC from the app's faucet."""

    def __init__(self, app: Served) -> None:
        self._rpc: str = app.document["rpc"]
        self._key = Keypair()
        self.address = str(self._key.pubkey())
        given = httpx.post(f"{app.url}/v1/faucet", json={"to": self.address}, timeout=PATIENCE)
        assert given.is_success, given.text
        self._mint = Pubkey.from_string(app.get("/v1/status")["usdc_mint"])

    def deposit(self, market: str, atoms: int) -> int:
        """Into a market's pool; returns the epoch of the position once the chain has confirmed it."""
        for _ in range(TRIES):
            epoch = Calendar(self._rpc).epoch()
            if self._landed(market, atoms, epoch):
                return epoch
        raise AssertionError(f"no deposit landed in {TRIES} tries")

    def _landed(self, market: str, atoms: int, epoch: int) -> bool:
        key = self._key.pubkey()
        source = associated(key, self._mint)
        step = deposit(key, Pubkey.from_string(market), source, atoms, 0, epoch)
        recent = Hash.from_string(ask(self._rpc, "getLatestBlockhash", CONFIRMED)["value"]["blockhash"])
        wire = bytes(Transaction.new_signed_with_payer([step], key, [self._key], recent))
        options = {"encoding": "base64", "skipPreflight": True}
        signature = ask(self._rpc, "sendTransaction", b64encode(wire).decode(), options)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            (status,) = ask(self._rpc, "getSignatureStatuses", [signature])["value"]
            if status is not None and status["confirmationStatus"] in ("confirmed", "finalized"):
                return status["err"] is None
            time.sleep(0.1)
        return False
