"""Every failure has a code and a sentence that helps."""

import re

import pytest
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import advice, transactions
from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import ProgramError, program_error
from offchain.chain.instructions import insurance_pool
from offchain.settings.paths import PROGRAMS, PROGRAMS_PY
from tests.support.market import Market
from tests.support.world import World

RAISED = re.compile(r"['\"](E_[A-Z0-9_]+): ")


def raised() -> set[str]:
    """Every code that a refusal in the program sources begins its message with, in Python or in Rust."""
    sources = [*PROGRAMS_PY.rglob("*.py"), *(PROGRAMS / "adapters").rglob("*.rs")]
    return {code for source in sources for code in RAISED.findall(source.read_text(encoding="utf-8"))}


def test_every_code_that_a_program_raises_has_advice() -> None:
    assert raised() - set(advice.ADVICE) == set()


def test_every_code_with_advice_is_raised() -> None:
    assert set(advice.ADVICE) - raised() == set()


def test_advice_is_a_sentence() -> None:
    for text in (*advice.ADVICE.values(), *advice.HELP.values()):
        assert text[0].isupper()
        assert text.endswith(".")


def test_an_assert(world: World, market: Market) -> None:
    user = world.user(usdc="100")
    with world.expect_error("E_MIN_DEPOSIT") as caught:
        market.deposit(user, "9.999999")
    error = caught[0]
    assert (error.program, error.instruction) == ("insurance_pool", "deposit")
    assert error.advice == advice.ADVICE["E_MIN_DEPOSIT"]
    assert error.message in str(error)
    assert error.advice in str(error)


def test_an_assert_inside_a_cpi_names_the_inner_program(world: World, market: Market) -> None:
    with world.expect_error("E_STATE") as caught:
        world.send(insurance_pool.release_funds(world.keeper.key, market.id, 1))
    assert caught[0].program == "insurance_pool"


def test_the_token_program(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    stranger = world.token_account(world.keeper.key, usdc="50")
    with world.expect_error("TOKEN_OWNER") as caught:
        world.send(insurance_pool.deposit(user.key, market.id, stranger, 10_000_000, 0, world.epoch))
    assert (caught[0].program, caught[0].instruction) == ("insurance_pool", "deposit")


def test_anchor(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    nowhere = Pubkey.new_unique()
    with world.expect_error("ACCOUNT_MISSING"):
        world.send(insurance_pool.request_withdrawal(user.key, nowhere, 1, 5))
    with world.expect_error("ACCOUNT_EXISTS"):
        world.send(insurance_pool.open_pool(user.key, market.id))


def test_before_any_program_runs(world: World, market: Market) -> None:
    poor = Keypair()
    deposit = insurance_pool.deposit(poor.pubkey(), market.id, world.keeper.token, 10_000_000, 0, world.epoch)
    with pytest.raises(ProgramError) as caught:
        transactions.send(world.chain, [deposit], [poor])
    assert caught.value.code == "LAMPORTS"
    unsigned = transactions.build_unsigned([deposit], world.keeper.key, world.chain.blockhash())
    with pytest.raises(ProgramError) as caught:
        world.chain.send(unsigned)
    assert caught.value.code == "NOT_SIGNED"


def test_compute_units(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 10_000_000, 0, world.epoch)
    with world.expect_error("UNITS"):
        world.send(deposit, options=transactions.Options(units=3_000))


POOL = LOCALNET.insurance_pool
BEGIN = [f"Program {POOL} invoke [1]", "Program log: Instruction: TopUp"]
PANIC = {"InstructionError": [0, "ProgramFailedToComplete"]}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("panicked at programs/x.rs:7:9:\nE_EPOCH: the epoch of the position is over", "E_EPOCH"),
        ("panicked at 'E_EPOCH: the epoch of the position is over', programs/x.rs:7:9", "E_EPOCH"),
        ("panicked at programs/x.rs:7:9:\nattempt to subtract with overflow", "OVERFLOW"),
        ("panicked at programs/x.rs:7:9:\nsomething else", "FAILED"),
        ("AnchorError occurred. Error Code: Odd. Error Number: 9999. Error Message: Odd thing.", "ANCHOR_9999"),
    ],
)
def test_wordings_of_other_tool_versions(said: str, code: str) -> None:
    logs = [*BEGIN, f"Program log: {said}", f"Program {POOL} failed: SBF program panicked"]
    error = program_error(PANIC, logs)
    assert (error.code, error.program, error.instruction) == (code, "insurance_pool", "top_up")


def test_logs_that_a_program_writes_do_not_pass_for_its_refusal() -> None:
    logs = [*BEGIN, "Program log: E_ADMIN: not really", f"Program {POOL} failed: custom program error: 0x7"]
    assert program_error({"InstructionError": [0, {"Custom": 7}]}, logs).code == "FAILED"


def test_truncated_logs_still_tell_the_program() -> None:
    error = program_error(PANIC, [*BEGIN, "Log truncated"])
    assert (error.code, error.program, error.instruction) == ("FAILED", "insurance_pool", "top_up")
