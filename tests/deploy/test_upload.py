"""Writing a buffer through a network that loses transactions."""

from collections import Counter
from collections.abc import Iterator

import pytest
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.deploy import loader
from offchain.deploy import upload as module
from offchain.deploy.accounts import create_seeded
from offchain.deploy.chunks import buffer_address, buffer_seed, buffer_size, chunk_size, missing_chunks
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import read_buffer
from offchain.deploy.upload import IN_FLIGHT, upload
from offchain.localnet.chain import AnyTransaction, LocalChain
from offchain.localnet.errors import TransactionRefusedError
from offchain.localnet.records import TransactionRecord
from offchain.localnet.rent import minimum_balance
from offchain.localnet.server import serving
from tests.deploy.sending import send
from tests.deploy.stage import START

ELF = bytes(range(1, 251)) * 900
NAME = "risk_engine"


class LossyChain(LocalChain):
    """Every so many-th transaction gets lost on its way: the sender has a signature, and nothing lands."""

    every = 0

    def send(self, transaction: AnyTransaction, *, preflight: bool = False) -> TransactionRecord:
        """Refuse what gets lost; a node that skips its preflight does not tell."""
        self.sent = getattr(self, "sent", 0) + 1
        if self.every and not preflight and self.sent % self.every == 0:
            raise TransactionRefusedError("BlockhashNotFound")
        return super().send(transaction, preflight=preflight)


@pytest.fixture
def chain() -> LossyChain:
    return LossyChain(clock="driven", start=START)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Transactions here need no 45 seconds."""
    monkeypatch.setattr(module, "RESEND_SECONDS", 0.5)
    monkeypatch.setattr(module, "GIVE_UP_SECONDS", 3.0)
    monkeypatch.setattr(module, "BLOCKHASH_SECONDS", 0.2)
    yield


def buffer(chain: LocalChain, payer: Keypair) -> Pubkey:
    """An empty buffer of the right size."""
    me, size = payer.pubkey(), buffer_size(ELF)
    chain.airdrop(me, 10 * 10**9)
    address = buffer_address(me, NAME)
    steps = create_seeded(me, buffer_seed(NAME), 0, minimum_balance(size), size, UPGRADEABLE_LOADER)
    send(chain, [*steps, loader.initialize_buffer(address, me)], payer)
    return address


def content(chain: LocalChain, address: Pubkey) -> bytes:
    found = read_buffer(chain.account(address))
    assert found is not None
    return found.content


@pytest.mark.parametrize("every", [0, 3])
def test_everything_lands_whatever_gets_lost(chain: LossyChain, every: int) -> None:
    payer, heard = Keypair(), Counter[str]()
    address = buffer(chain, payer)
    chain.every = every
    chunks = missing_chunks(ELF, content(chain, address), chunk_size(0))
    assert len(chunks) > IN_FLIGHT, "several rounds are wanted"
    with serving(chain) as endpoints:
        upload(endpoints.http, payer, address, chunks, 0, lambda landed: heard.update(landed=landed))
    assert content(chain, address) == ELF
    assert heard["landed"] == len(chunks)


def test_a_node_that_lands_nothing_is_given_up(chain: LossyChain) -> None:
    payer = Keypair()
    address = buffer(chain, payer)
    chain.every = 1
    chunks = missing_chunks(ELF, content(chain, address), chunk_size(0))[:5]
    with serving(chain) as endpoints, pytest.raises(DeployError, match=r"no write has landed .* goes on where"):
        upload(endpoints.http, payer, address, chunks, 0, lambda _landed: None)


def test_a_node_that_is_gone_is_given_up(chain: LossyChain) -> None:
    payer = Keypair()
    address = buffer(chain, payer)
    chunks = missing_chunks(ELF, content(chain, address), chunk_size(0))[:5]
    with serving(chain) as endpoints:
        url = endpoints.http
    with pytest.raises(DeployError, match="try another --rpc"):
        upload(url, payer, address, chunks, 0, lambda _landed: None)


def test_a_refused_write_stops_the_upload(chain: LossyChain) -> None:
    payer, stranger = Keypair(), Keypair()
    address = buffer(chain, payer)
    chain.airdrop(stranger.pubkey(), 10**9)
    chunks = missing_chunks(ELF, content(chain, address), chunk_size(0))[:5]
    with serving(chain) as endpoints, pytest.raises(DeployError, match="the chain refused the write"):
        upload(endpoints.http, stranger, address, chunks, 0, lambda _landed: None)
