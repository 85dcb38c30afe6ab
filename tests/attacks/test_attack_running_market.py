"""Whoever visits a running market knows the keys of its people: they are derived from their names.

Whatever is done with them, the market goes on: its people get new money, come back, and never act twice.
"""

import asyncio
from collections.abc import Callable, Set
from pathlib import Path
from time import monotonic, sleep

from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.system_program import TransferParams
from solders.system_program import transfer as transfer_sol

from offchain.chain.addresses import SYSTEM_PROGRAM
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.errors import ProgramError
from offchain.chain.instructions import demo_market, insurance_pool, risk_engine
from offchain.chain.keys import dev_key, development_admin
from offchain.chain.market_view import MarketView
from offchain.chain.tokens import associated, create_associated, mint_to, token_balance, transfer
from offchain.chain.transactions import send
from offchain.demo.wallets import keypair
from offchain.stage.plans import RECKLESS
from offchain.verify.evidence.node import Node
from tests.support.patience import PATIENCE
from tests.support.theatre import AT, Playing, Theatre, market_id, racing_from, theatre

MARKET = market_id("BTC-20X")
HUGE = 1 << 63
"""A position's number that no epoch will ever reach."""
TIMELY = {"E_PRICE_OLD", "E_PRICE_STALE", "E_SYNC_STALE"}
"""What is refused because the clock has moved."""


def person(role: str, name: str) -> Keypair:
    """Anybody can derive it."""
    return keypair(f"stage BTC-20X {role} {name}")


TRADER, PROVIDER = person("trader", "long-3x"), person("provider", "anchor")


async def test_attack_public_keys_do_not_stop_a_running_market(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-03-11T00:00", patience=4)) as place, place.playing() as run:
        await run.until(lambda: run.number("sent") > 20, "a market full of people")
        await run.reach(5)
        await asyncio.to_thread(rob_and_confuse, place)
        since = run.number("epoch")
        await run.reach(since + 28)
        view = (await place.look()).market(MARKET)
        assert view is not None
        recovered(place, run, view, since)


async def test_attack_a_false_price_is_answered_by_the_true_one(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-03-11T00:00", patience=4)) as place, place.playing() as run:
        await run.reach(4)
        true = (await place.look()).markets()[0].feed.price
        await asyncio.to_thread(push_price, place, true * 11 // 10)
        await run.reach(run.number("epoch") + 4)
        feed = (await place.look()).markets()[0].feed
        assert abs(feed.price - true) * 100 < true * 5
        assert not feed.provisional


async def test_attack_moving_the_clock_only_skips_epochs(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-03-11T00:00", patience=4)) as place, place.playing() as run:
        await run.reach(4)
        node = Node(place.endpoints.http)
        node.ask("percosec_advance", 5 * 900 + 17)
        jumped = node.ask("percosec_clock")["unixTimestamp"]
        node.close()
        await run.until(lambda: run.number("chain_time") >= jumped + 3 * 900, "three epochs after the jump")
        epoch = run.number("epoch")  # before the look, which may take longer than an epoch
        view = (await place.look()).market(MARKET)
        assert view is not None
        assert view.score.epoch >= epoch - 1, "scores go on"
        assert view.feed.publish_time >= jumped


def rob_and_confuse(place: Theatre) -> None:
    """Take everybody's money, open and withdraw in others' names."""
    chain = RpcChain.connect(place.endpoints.http)
    try:
        thief = Keypair()
        view = next(each for each in place._look().markets() if each.id == MARKET)
        mint = view.perp.mint
        node = Node(place.endpoints.http)
        node.ask("requestAirdrop", str(thief.pubkey()), 10**10)
        node.close()
        stolen = fill(chain, thief.pubkey(), mint, 0)
        for owner in (TRADER, PROVIDER, *(person("trader", plan.name) for plan in RECKLESS.traders[:4])):
            rob(chain, owner, stolen, mint, thief.pubkey())
        confuse(chain, view, mint)
    finally:
        chain.close()


def rob(chain: RpcChain, owner: Keypair, stolen: Pubkey, mint: Pubkey, thief: Pubkey) -> None:
    """All USDC and SOL of one person but the rent. Its owner may spend some of it at this moment, too."""
    token = associated(owner.pubkey(), mint)

    def everything() -> list[Instruction]:
        account = chain.account(token)
        steps = []
        if account is not None and (amount := token_balance(account, token).amount):
            steps.append(transfer(token, stolen, owner.pubkey(), amount))
        wallet = chain.account(owner.pubkey())
        assert wallet is not None
        assert wallet.owner == SYSTEM_PROGRAM
        rest = wallet.lamports - 60_000_000 if owner in (TRADER, PROVIDER) else wallet.lamports - 5_000 - 890_880
        steps.append(transfer_sol(TransferParams(from_pubkey=owner.pubkey(), to_pubkey=thief, lamports=rest)))
        return steps

    insist(chain, everything, owner, {"TOKEN_FUNDS", "LAMPORTS"})


def confuse(chain: RpcChain, view: MarketView, mint: Pubkey) -> None:
    """A position that no plan knows, and a withdrawal that its owner never wanted."""
    held = next(each for each in view.providers.values() if each.provider == PROVIDER.pubkey() and each.shares)
    request = insurance_pool.request_withdrawal(PROVIDER.pubkey(), MARKET, held.entry_epoch, held.shares, AT)
    send(chain, [request], [PROVIDER])
    crank = risk_engine.sync_market(TRADER.pubkey(), MARKET, view.config.oracle_feed, AT)
    key = TRADER.pubkey()
    token = fill(chain, key, mint, 1_000_000_000)
    known = chain.account(AT.market(MARKET).trader(key)) is not None
    steps = [crank] if known else [crank, demo_market.open_trader(key, MARKET, AT)]
    order = demo_market.open_position(key, MARKET, HUGE, token, True, 100_000, 500_000_000, HUGE - 1, AT)
    insist(chain, lambda: [*steps, order], TRADER, TIMELY)


def fill(chain: RpcChain, owner: Pubkey, mint: Pubkey, atoms: int) -> Pubkey:
    """A token account with test USDC, as the faucet gives it to anyone; returns its address."""
    admin, token = development_admin(), associated(owner, mint)
    steps = [create_associated(admin.pubkey(), owner, mint), mint_to(mint, token, admin.pubkey(), atoms)]
    send(chain, steps, [admin])
    return token


def push_price(place: Theatre, price: int) -> None:
    """A false price with the publisher's public key."""
    chain = RpcChain.connect(place.endpoints.http)
    try:
        publisher = dev_key("publisher")
        feed = place._look().markets()[0].config.oracle_feed
        insist(
            chain,
            lambda: [risk_engine.push_price(publisher.pubkey(), feed, price, 1, chain.now(), AT)],
            publisher,
            TIMELY,
        )
    finally:
        chain.close()


def insist(chain: RpcChain, steps: Callable[[], list[Instruction]], signer: Keypair, passing: Set[str]) -> None:
    """Send it until the moment is right: the market races. `passing` are refusals that another moment may not have."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline:
        try:
            send(chain, steps(), [signer])
            return
        except ProgramError as error:
            assert error.code in passing, error
            sleep(0.02)
    raise AssertionError("the moment was never right")


def recovered(place: Theatre, run: Playing, view: MarketView, since: int) -> None:
    """The robbed trade again, the false position is closed, nobody acts twice."""
    owners = [position.owner for position in view.positions.values()]
    assert len(owners) == len(set(owners)), "somebody holds two positions"
    assert all(position.nonce != HUGE for position in view.positions.values()), "the false position is still open"
    robbed = {person("trader", plan.name).pubkey() for plan in RECKLESS.traders[:4]}
    reopened = [each for each in view.positions.values() if each.owner in robbed and each.nonce > since]
    assert reopened, f"nobody of the robbed came back: {run.market.status()}"
    assert view.pool.available_balance > 0
    assert run.number("epoch") >= since + 28
