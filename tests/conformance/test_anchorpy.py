"""anchorpy's Provider and its batched reads, unmodified, and this project's programs called through them."""

import pytest
from anchorpy import Provider, Wallet
from anchorpy.utils.rpc import get_multiple_accounts
from solana.rpc.async_api import AsyncClient
from solana.rpc.core import RPCException
from solana.rpc.types import TxOpts
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.localnet.project_programs import project_programs
from tests.conformance.legs import Leg
from tests.conformance.toolbox import CONFIRMED_PREFLIGHT, SOL, encoded, funded, new_mint, pay, raw, signed

_OPTIONS = TxOpts(skip_confirmation=False, preflight_commitment="confirmed")
_NO_SUCH_INSTRUCTION = 101
"""Anchor's answer to an unknown discriminator: it proves that the program ran."""


async def test_provider_sends_and_simulates(leg: Leg, client: AsyncClient) -> None:
    provider = Provider(client, Wallet(leg.bank), _OPTIONS)
    to = Keypair().pubkey()
    transaction = await signed(client, [pay(leg.bank, to, SOL)], leg.bank)
    assert (await provider.simulate(transaction)).value.err is None
    await provider.send(transaction)
    assert (await client.get_balance(to)).value == SOL


async def test_batched_read_with_a_false_gzip_header(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    key = await funded(client, leg.bank)
    wanted = [mint, Keypair().pubkey(), key.pubkey()]
    found = await get_multiple_accounts(client, wanted)
    assert [item is None for item in found] == [False, True, False]
    assert found[0] is not None
    assert found[0].pubkey == mint
    assert found[0].account.data == (await client.get_account_info(mint)).value.data  # type: ignore[union-attr]
    assert found[2] is not None
    assert found[2].account.lamports == SOL


async def test_more_than_a_hundred_in_one_call(leg: Leg, client: AsyncClient) -> None:
    found = await get_multiple_accounts(client, [leg.bank.pubkey()] * 250)
    assert len(found) == 250
    assert all(item is not None for item in found)


@pytest.mark.parametrize("program", project_programs(), ids=lambda program: project_programs()[program].stem)
async def test_preloaded_program_runs(leg: Leg, client: AsyncClient, program: Pubkey) -> None:
    transaction = await signed(client, [Instruction(program, bytes(8), [])], leg.bank)
    answer = await raw(client, "sendTransaction", [encoded(transaction), {"encoding": "base64"} | CONFIRMED_PREFLIGHT])
    assert answer["error"]["data"]["err"] == {"InstructionError": [0, {"Custom": _NO_SUCH_INSTRUCTION}]}
    logs = answer["error"]["data"]["logs"]
    assert logs[0] == f"Program {program} invoke [1]"
    assert any("InstructionFallbackNotFound" in line for line in logs)


async def test_provider_raises_what_fails(leg: Leg, client: AsyncClient) -> None:
    provider = Provider(client, Wallet(leg.bank), _OPTIONS)
    transaction = await signed(client, [pay(leg.bank, Keypair().pubkey(), 10**18)], leg.bank)
    with pytest.raises(RPCException):
        await provider.send(transaction)
