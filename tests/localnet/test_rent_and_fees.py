"""Rent and fees as numbers."""

from solders.account import Account
from solders.compute_budget import set_compute_unit_limit, set_compute_unit_price
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey

from offchain.localnet.fees import priority_fee, signature_fee
from offchain.localnet.rent import may_become, minimum_balance
from tests.localnet.wallet import pay

_OWNER = Keypair().pubkey()
_ED25519 = Pubkey.from_string("Ed25519SigVerify111111111111111111111111111")


def _account(lamports: int, size: int = 0) -> Account:
    return Account(lamports, bytes(size), _OWNER)


def _message(*instructions: Instruction) -> Message:
    return Message.new_with_blockhash(list(instructions), Keypair().pubkey(), Hash.default())


def test_minimum_balance() -> None:
    assert minimum_balance(0) == 890_880
    assert minimum_balance(165) == 2_039_280


def test_new_account_needs_its_rent() -> None:
    assert may_become(None, None)
    assert may_become(None, _account(890_880))
    assert not may_become(None, _account(890_879))
    assert not may_become(_account(10**9), _account(2_039_279, 165))


def test_account_may_always_be_closed() -> None:
    assert may_become(_account(10**9), None)
    assert may_become(_account(5), None)


def test_account_below_its_rent_may_shrink_but_not_rise() -> None:
    assert may_become(_account(100), _account(100))
    assert may_become(_account(100), _account(50))
    assert not may_become(_account(100), _account(101))
    assert not may_become(_account(100, 5), _account(100, 6))
    assert may_become(_account(100), _account(890_880))


def test_fee_by_signatures() -> None:
    other = Keypair()
    assert signature_fee(_message(pay(other, _OWNER, 1))) == 10_000
    assert signature_fee(_message(Instruction(_ED25519, bytes([3, 0]), []))) == 20_000
    assert signature_fee(_message(Instruction(_ED25519, b"", []))) == 5_000


def test_priority_fee_is_rounded_up() -> None:
    limit, price = set_compute_unit_limit(1), set_compute_unit_price(1)
    assert priority_fee(_message(limit, price)) == 1
    assert priority_fee(_message(set_compute_unit_limit(1_000_000), price)) == 1
    assert priority_fee(_message(set_compute_unit_limit(1_000_001), price)) == 2


def test_priority_fee_of_default_limits() -> None:
    price = set_compute_unit_price(1_000_000)
    program = Instruction(Keypair().pubkey(), b"", [])
    assert priority_fee(_message(price)) == 3_000
    assert priority_fee(_message(price, program)) == 203_000
    assert priority_fee(_message(price, *[program] * 9)) == 1_400_000
    assert priority_fee(_message(program)) == 0
    assert priority_fee(_message(set_compute_unit_limit(5), program)) == 0
