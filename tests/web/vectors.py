"""Transactions for the browser's tests, made by the Python client: `python -m tests.web.vectors` writes them."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

from solders.hash import Hash
from solders.instruction import Instruction
from solders.pubkey import Pubkey
from solders.system_program import TransferParams, transfer

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import insurance_pool as pool
from offchain.chain.instructions import premium_manager
from offchain.chain.tokens import associated
from offchain.chain.transactions import Options, build_unsigned
from offchain.settings.project import load_project

FILE = Path(__file__).resolve().parents[2] / "web/src/transactions/generated/vectors.json"
USER, MARKET, STRANGER = (Pubkey.from_bytes(bytes([number]) * 32) for number in (1, 2, 3))
AMOUNT, SHARES, EPOCH, ASSETS = 25_000_000, 24_900_000, 1_234, 24_750_000


def vectors() -> dict[str, Any]:
    """Each transaction by name, and the numbers and addresses that it was made of."""
    mint = Pubkey.from_string(load_project().cluster("localnet").usdc_mint)
    own, foreign = associated(USER, mint), associated(STRANGER, mint)
    deposit = pool.deposit(USER, MARKET, own, AMOUNT, SHARES, EPOCH)
    paid = pool.execute_withdrawal(USER, MARKET, USER, EPOCH, own, ASSETS)
    made = {
        "deposit": [deposit],
        "top_up": [pool.top_up(USER, MARKET, own, AMOUNT, SHARES, EPOCH)],
        "request": [pool.request_withdrawal(USER, MARKET, EPOCH, SHARES)],
        "cancel": [pool.cancel_withdrawal(USER, MARKET, EPOCH)],
        "execute": [paid],
        "execute_to_stranger": [pool.execute_withdrawal(USER, MARKET, USER, EPOCH, foreign, ASSETS)],
        "deposit_and_transfer": [deposit, _transfer()],
        "deposit_twice": [deposit, deposit],
        "deposit_into_another": [pool.deposit(USER, STRANGER, own, AMOUNT, SHARES, EPOCH)],
        "deposit_more": [pool.deposit(USER, MARKET, own, AMOUNT + 1, SHARES, EPOCH)],
    }
    made |= {
        "crank": [premium_manager.route_premiums(USER, MARKET, own)],
        "crank_for_stranger": [premium_manager.route_premiums(USER, MARKET, foreign)],
        "stake": [pool.fund_first_loss(USER, MARKET, own, AMOUNT)],
    }
    wires = {name: _wire(instructions, USER) for name, instructions in made.items()}
    wires["deposit_paid_by_stranger"] = _wire([deposit], STRANGER)
    wires["deposit_dear"] = _wire([deposit], USER, Options(units=1_400_000, priority=2_000_000_000, v0=True))
    at = LOCALNET.market(MARKET)
    return {
        "user": str(USER),
        "market": str(MARKET),
        "numbers": {"amount": str(AMOUNT), "shares": str(SHARES), "epoch": str(EPOCH), "assets": str(ASSETS)},
        "addresses": {
            "pool": str(at.pool),
            "vault": str(at.pool_vault),
            "position": str(at.provider_position(USER, EPOCH)),
            "usdc": str(own),
        },
        "transactions": wires,
    }


def _transfer() -> Instruction:
    return transfer(TransferParams(from_pubkey=USER, to_pubkey=STRANGER, lamports=1))


def _wire(instructions: list[Instruction], payer: Pubkey, options: Options | None = None) -> str:
    plain = options or Options(units=200_000, priority=1_000, v0=True)
    return b64encode(bytes(build_unsigned(instructions, payer, Hash.default(), plain))).decode()


def text() -> str:
    """As it is written to the file."""
    return json.dumps(vectors(), indent=1) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
