"""`percosec deploy --reclaim`: what an abandoned deployment left in buffers comes back."""

from solders.account import Account

from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.chain.keys import development_admin
from offchain.deploy import loader
from offchain.deploy.accounts import create_seeded
from offchain.deploy.chunks import buffer_address, buffer_seed
from offchain.deploy.loader_state import read_buffer
from offchain.localnet.chain import LocalChain
from offchain.localnet.rent import minimum_balance
from tests.deploy.sending import send
from tests.deploy.stage import deploy

SIZE = 5_000


def test_nothing_is_left_after_a_deployment(chain: LocalChain, url: str) -> None:
    count = chain.transaction_count
    ended = deploy(url, "--reclaim")
    assert ended.code == 0, ended.errors
    assert ended.titles == []
    assert chain.transaction_count == count


def test_a_left_buffer_is_closed_and_another_wallets_is_not(chain: LocalChain, url: str) -> None:
    admin = development_admin()
    me, rent = admin.pubkey(), minimum_balance(SIZE)
    mine, foreign = buffer_address(me, "risk_engine"), buffer_address(me, "premium_manager")
    chain.airdrop(me, 10**9)
    steps = create_seeded(me, buffer_seed("risk_engine"), 0, rent, SIZE, UPGRADEABLE_LOADER)
    send(chain, [*steps, loader.initialize_buffer(mine, me)], admin)
    other = b"\1\0\0\0\1" + bytes([7]) * 32 + bytes(100)
    chain.set_account(foreign, Account(10**7, other, UPGRADEABLE_LOADER))
    before = chain.account(me)

    shown = deploy(url, "--reclaim", "--dry-run")
    assert shown.titles == ["close the buffer of risk_engine"]
    assert read_buffer(chain.account(mine)) is not None
    ended = deploy(url, "--reclaim")
    assert ended.code == 0, ended.errors
    after = chain.account(me)
    assert before is not None
    assert after is not None
    assert after.lamports == before.lamports + rent - 5_000
    assert chain.account(mine) is None
    assert chain.account(foreign) is not None
