"""The demo's own transactions, as a node tells them."""

import os
import subprocess
from pathlib import Path
from typing import Any

from solders.instruction import AccountMeta, Instruction
from solders.keypair import Keypair
from solders.message import Message, MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.addresses import LOCALNET
from offchain.localnet.chain import LocalChain
from offchain.localnet.privileges import requested_writable
from offchain.localnet.records import TransactionRecord
from offchain.localnet.rpc.meta import encode_transaction
from offchain.localnet.state_file import state_file
from offchain.settings.paths import ROOT
from scripts.benches.errors import BenchError
from scripts.benches.processes import python

EVERY = 40
"""Of so many transactions one is tried again."""
LAMPORTS = 10**12


def demo_documents(folder: Path, arguments: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Play the demo and give the answer of getTransaction for each that touches our programs, failed ones too."""
    command = python("-m", "offchain.cli", "demo", "--keep", str(folder / "demo"), "--json", *arguments)
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BenchError(f"the demo failed: {done.stderr.strip()[-500:]}")
    local = LocalChain(state=state_file(folder / "demo"))
    try:
        _come_too_late(local)
        return [encode_transaction(one, "json", 0) for one in _ours(local)]
    finally:
        local.close()


def _ours(local: LocalChain) -> list[TransactionRecord]:
    ours = set(LOCALNET.deployed.values())
    return [one for one in local.transactions() if ours & set(one.keys)]


def _come_too_late(local: LocalChain) -> None:
    """A stranger tries what others have done already: the demo itself sends nothing that fails."""
    stranger = Keypair.from_seed(bytes(32))
    local.airdrop(stranger.pubkey(), LAMPORTS)
    for record in _ours(local)[::EVERY]:
        instructions = _with_another_payer(record.transaction.message, stranger.pubkey())
        if instructions is None:
            continue
        message = Message.new_with_blockhash(instructions, stranger.pubkey(), local.latest_blockhash())
        again = VersionedTransaction(message, [stranger])
        if local.simulate(again).err is not None:
            local.send(again)


def _with_another_payer(message: Message | MessageV0, payer: Pubkey) -> list[Instruction] | None:
    """Its instructions, None where somebody else has to sign too or not all accounts stand in the message itself."""
    if isinstance(message, MessageV0) or message.header.num_required_signatures != 1:
        return None
    keys, old = message.account_keys, message.account_keys[0]
    writable = requested_writable(message, len(keys))
    found = []
    for call in message.instructions:
        metas = [
            AccountMeta(payer if keys[at] == old else keys[at], keys[at] == old, writable[at])
            for at in bytes(call.accounts)
        ]
        found.append(Instruction(keys[call.program_id_index], bytes(call.data), metas))
    return found
