"""What the conformance tests do over and over, by unmodified clients only."""

import base64
from collections.abc import Sequence
from typing import Any

from solana.rpc.async_api import AsyncClient
from solana.rpc.core import RPCException
from solana.rpc.types import TxOpts
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey
from solders.signature import Signature
from solders.system_program import CreateAccountParams, TransferParams, create_account, transfer
from solders.transaction import VersionedTransaction
from spl.token.constants import MINT_LEN, TOKEN_PROGRAM_ID
from spl.token.instructions import (
    InitializeMintParams,
    MintToParams,
    create_associated_token_account,
    get_associated_token_address,
    initialize_mint,
    mint_to,
)

SOL = 10**9
CONFIRMED = {"commitment": "confirmed"}
CONFIRMED_PREFLIGHT = {"preflightCommitment": "confirmed"}
OPTIONS = TxOpts(skip_confirmation=True, preflight_commitment="confirmed")
NO_PREFLIGHT = TxOpts(skip_confirmation=True, skip_preflight=True, preflight_commitment="confirmed")


async def blockhash(client: AsyncClient) -> Hash:
    """The latest one."""
    return (await client.get_latest_blockhash()).value.blockhash


async def signed(
    client: AsyncClient, instructions: Sequence[Instruction], payer: Keypair, *signers: Keypair
) -> VersionedTransaction:
    """A legacy transaction with a fresh blockhash."""
    message = Message.new_with_blockhash(list(instructions), payer.pubkey(), await blockhash(client))
    return VersionedTransaction(message, [payer, *signers])


async def deliver(client: AsyncClient, transaction: VersionedTransaction, opts: TxOpts = OPTIONS) -> Signature:
    """Send and wait until it is confirmed."""
    signature = (await client.send_raw_transaction(bytes(transaction), opts=opts)).value
    await client.confirm_transaction(signature, sleep_seconds=0.05)
    return signature


async def run(
    client: AsyncClient, instructions: Sequence[Instruction], payer: Keypair, *signers: Keypair, opts: TxOpts = OPTIONS
) -> Signature:
    """Sign, send and wait."""
    return await deliver(client, await signed(client, instructions, payer, *signers), opts)


async def refusal(client: AsyncClient, transaction: VersionedTransaction) -> Any:
    """The JSON-RPC error that sending gives."""
    sent = await raw(client, "sendTransaction", [encoded(transaction), {"encoding": "base64"} | CONFIRMED_PREFLIGHT])
    assert "error" in sent, f"accepted: {sent}"
    return sent["error"]


def encoded(transaction: VersionedTransaction) -> str:
    """The transaction in base64."""
    return base64.b64encode(bytes(transaction)).decode()


def pay(source: Keypair, to: Pubkey, lamports: int) -> Instruction:
    """A transfer of lamports."""
    return transfer(TransferParams(from_pubkey=source.pubkey(), to_pubkey=to, lamports=lamports))


async def funded(client: AsyncClient, bank: Keypair, lamports: int = SOL) -> Keypair:
    """A new key with this many lamports."""
    key = Keypair()
    await run(client, [pay(bank, key.pubkey(), lamports)], bank)
    return key


async def new_mint(client: AsyncClient, bank: Keypair, decimals: int = 6) -> Pubkey:
    """A new SPL mint whose authority is the bank."""
    mint = Keypair()
    rent = (await client.get_minimum_balance_for_rent_exemption(MINT_LEN)).value
    create = create_account(
        CreateAccountParams(
            from_pubkey=bank.pubkey(), to_pubkey=mint.pubkey(), lamports=rent, space=MINT_LEN, owner=TOKEN_PROGRAM_ID
        )
    )
    initialise = initialize_mint(
        InitializeMintParams(
            program_id=TOKEN_PROGRAM_ID, mint=mint.pubkey(), decimals=decimals, mint_authority=bank.pubkey()
        )
    )
    await run(client, [create, initialise], bank, mint)
    return mint.pubkey()


async def new_token_account(client: AsyncClient, bank: Keypair, mint: Pubkey, owner: Pubkey, amount: int) -> Pubkey:
    """The owner's associated token account, holding `amount` atoms fresh from the mint."""
    account = get_associated_token_address(owner, mint)
    create = create_associated_token_account(bank.pubkey(), owner, mint)
    fill = mint_to(MintToParams(TOKEN_PROGRAM_ID, mint, account, bank.pubkey(), amount))
    await run(client, [create, fill], bank)
    return account


async def raw(client: AsyncClient, method: str, params: list[Any]) -> Any:
    """The whole JSON answer to a request that solana-py has no (full) method for."""
    request = {"jsonrpc": "2.0", "id": 7, "method": method, "params": params}
    answer = await client._provider.session.post(client._provider.endpoint_uri, json=request)
    return answer.json()


async def result(client: AsyncClient, method: str, params: list[Any]) -> Any:
    """The `result` of such a request."""
    answer = await raw(client, method, params)
    assert "result" in answer, answer
    return answer["result"]


def rpc_error(caught: RPCException) -> Any:
    """The error object inside solana-py's exception."""
    return caught.args[0]
