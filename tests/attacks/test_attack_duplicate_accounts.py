"""One account in two places where two are expected: each is loaded, changed and stored, and the last store wins.

Incident class: duplicate mutable accounts. Programs that read source and destination as two copies of the same account
credited one and forgot the debit of the other. Which accounts can collide is read from the IDLs: a new instruction
with such a pair fails here until it is tried.
"""

import json
from collections.abc import Callable
from itertools import combinations, permutations

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.errors import ProgramError
from offchain.chain.generated.demo_market.accounts import PerpMarket, TraderAccount
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager
from offchain.settings.paths import ARTIFACTS
from tests.attacks.moves import bankrupt, check_solvent, leave, score, trade_volume
from tests.support.forging import swap
from tests.support.keys import User
from tests.support.market import NO_LIMIT, Market
from tests.support.world import World

TOKENS = {"vault", "feeVault", "poolVault", "marketVault", "escrow", "source", "destination", "keeperToken"}
OF_ONE_KIND = [TOKENS, {"position"}, {"pool"}, {"market"}, {"trader"}, {"claim"}, {"registry"}, {"premium"}, {"feed"}]
ALONE = {
    *("config", "riskConfig", "premiumConfig", "poolConfig", "handlerConfig", "engine", "marketConfig", "score"),
    *("window", "inputs", "mint", "resolver", "writer", "rules"),
}
PASSED_ON = {
    "riskProgram",
    "premiumProgram",
    "poolProgram",
    "handlerProgram",
    "engineProgram",
    "marketProgram",
    "program",
}
"""Programs and the token program are executable: nobody can write to them."""
CALLED_BY_PROGRAMS = {"premium_manager.collectFees", "insurance_pool.creditPremium", "insurance_pool.payClaimFee"}
CALLED_BY_PROGRAMS |= {"demo_market.resolveExtreme"}
"""Tried through their callers, which pass the same accounts: settleFees, routePremiums, collectClaimFee and
forceResolution."""
USDC = 10**6


def pairs() -> list[tuple[str, str, str]]:
    """Every instruction a user sends that takes two writable accounts of one kind, with the two names."""
    found = []
    for path in sorted((ARTIFACTS / "idl").glob("*.json")):
        for instruction in json.loads(path.read_text())["instructions"]:
            name = f"{path.stem}.{instruction['name']}"
            names = [a["name"] for a in instruction["accounts"] if a["isMut"] and not a["isSigner"]]
            known = set().union(*OF_ONE_KIND) | ALONE | PASSED_ON | {"token", "creator", "keeper"}
            assert set(names) <= known, f"{name}: say above of what kind {set(names) - known} are"
            for kind in OF_ONE_KIND:
                several = [each for each in names if each in kind]
                found += [(name, *pair) for pair in combinations(several, 2) if name not in CALLED_BY_PROGRAMS]
    return found


class Scene:
    """A market in which everything can happen at once."""

    def __init__(self, world: World, market: Market) -> None:
        self.world, self.market, self.id = world, market, market.id
        self.keeper, self.creator = world.keeper, market.creator
        self.lp, self.entry = market.cover("300000"), world.epoch
        trade_volume(market)
        world.send(insurance_pool.fund_first_loss(self.creator.key, self.id, self.creator.token, 100 * USDC))
        self.trader = market.trader("100000")
        self.nonce = market.open(self.trader, False, "1", "1000")
        self.user = world.user(usdc="10000")

    def add_margin(self) -> Instruction:
        return demo_market.add_margin(self.trader.key, self.id, self.nonce, self.trader.token, USDC)

    def close_position(self) -> Instruction:
        return demo_market.close_position(self.trader.key, self.id, self.nonce, self.trader.token, NO_LIMIT)

    def _loser(self) -> tuple[Pubkey, int]:
        owner, nonce = bankrupt(self.world, self.market, "6000")
        return owner.key, nonce

    def execute_liquidation(self) -> Instruction:
        owner, nonce = self._loser()
        return demo_market.execute_liquidation(self.keeper.key, self.id, owner, nonce, self.keeper.token)

    def force_resolution(self) -> Instruction:
        owner, nonce = self._loser()
        return insurance_pool.force_resolution(self.keeper.key, self.id, owner, nonce, self.keeper.token)

    def fund_house(self) -> Instruction:
        return demo_market.fund_house(self.user.key, self.id, self.user.token, USDC)

    def fund_insurance(self) -> Instruction:
        return demo_market.fund_insurance(self.user.key, self.id, self.user.token, USDC)

    def open_position(self) -> Instruction:
        return demo_market.open_position(
            self.trader.key,
            self.id,
            nonce=99,
            source=self.trader.token,
            is_long=True,
            size=10**6,
            margin=1_000 * USDC,
            limit_price=NO_LIMIT,
        )

    def settle_fees(self) -> Instruction:
        return demo_market.settle_fees(self.keeper.key, self.id)

    def sweep_fees(self) -> Instruction:
        self.world.send(self.settle_fees())
        return demo_market.sweep_fees(self.keeper.key, self.id)

    def withdraw_house(self) -> Instruction:
        self.market.close(self.trader, self.nonce)
        return demo_market.withdraw_house(self.creator.key, self.id, self.creator.token, USDC)

    def withdraw_profit(self) -> Instruction:
        held = self.market.perp()
        self.world.edit(PerpMarket, self.id, claimable=held.claimable + USDC, house=held.house - USDC)
        self.world.edit(TraderAccount, self.market.m.trader(self.trader.key), claimable=USDC)
        return demo_market.withdraw_profit(self.trader.key, self.id, self.trader.token)

    def pay_arrears(self) -> Instruction:
        self.world.edit(PremiumAccount, self.market.m.premium, balance=-10 * USDC)
        return premium_manager.pay_arrears(self.user.key, self.id, self.user.token, USDC)

    def route_premiums(self) -> Instruction:
        self.world.advance(epochs=1)
        score(self.world, self.market)
        return premium_manager.route_premiums(self.keeper.key, self.id, self.keeper.token)

    def deposit(self) -> Instruction:
        user = self.user
        return insurance_pool.deposit(user.key, self.id, user.token, 100 * USDC, 0, self.world.epoch)

    def top_up(self) -> Instruction:
        self.world.send(self.deposit())
        user = self.user
        return insurance_pool.top_up(user.key, self.id, user.token, 100 * USDC, 0, self.world.epoch)

    def execute_withdrawal(self) -> Instruction:
        self.market.request(self.lp, self.entry, 10**9)
        self.world.advance(epochs=96)
        score(self.world, self.market)
        lp = self.lp
        return insurance_pool.execute_withdrawal(lp.key, self.id, lp.key, self.entry, lp.token, 0)

    def fund_first_loss(self) -> Instruction:
        return insurance_pool.fund_first_loss(self.creator.key, self.id, self.creator.token, USDC)

    def execute_stake(self) -> Instruction:
        self.world.send(insurance_pool.request_stake(self.creator.key, self.id, USDC))
        self.market.close(self.trader, self.nonce)
        self.world.advance(epochs=98)
        score(self.world, self.market)
        self.world.edit(InsurancePool, self.market.m.pool, required_reserve=0)
        return insurance_pool.execute_stake(self.creator.key, self.id, self.creator.token)

    def collect_treasury(self) -> Instruction:
        self.market.claim(*bankrupt(self.world, self.market, "6000"))
        treasury = self.world.treasury
        return insurance_pool.collect_treasury(treasury.key, self.id, treasury.token)

    def collect_claim_fee(self) -> Instruction:
        self.market.claim(*bankrupt(self.world, self.market, "6000"))
        return insolvency_handler.collect_claim_fee(self.keeper.key, self.id, 1, self.keeper.token)

    def release_funds(self) -> Instruction:
        self.market.liquidate(*bankrupt(self.world, self.market, "6000"))
        self.market.report()
        return insurance_pool.release_funds(self.keeper.key, self.id, 1)


def snake(name: str) -> str:
    """The Python name of an instruction or account of the IDL."""
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def address(call: str, role: str, honest: Instruction) -> Pubkey:
    """Which key the honest instruction has in a role, by the order of the IDL."""
    program, name = call.split(".")
    idl = json.loads((ARTIFACTS / "idl" / f"{program}.json").read_text())
    accounts = next(each["accounts"] for each in idl["instructions"] if each["name"] == name)
    return honest.accounts[[each["name"] for each in accounts].index(role)].pubkey


CASES = [(call, *order) for call, *pair in pairs() for order in permutations(pair)]


def test_attack_every_pair_of_the_idls_is_tried() -> None:
    """A new instruction with two writable accounts of one kind needs its scene here."""
    missing = {call for call, *_ in pairs() if not hasattr(Scene, snake(call.split(".")[1]))}
    assert not missing
    assert len(CASES) >= 50


@pytest.mark.parametrize(("call", "kept", "replaced"), CASES)
def test_attack_one_token_account_twice(world: World, market: Market, call: str, kept: str, replaced: str) -> None:
    """Refused without a trace, or somebody gave their own money away: every vault still holds its ledgers."""
    scene = Scene(world, market)
    build: Callable[[], Instruction] = getattr(scene, snake(call.split(".")[1]))
    honest = build()
    check_solvent(world, market)
    before = holdings(world, market, scene)
    forged = swap(honest, address(call, replaced, honest), address(call, kept, honest))
    try:
        world.send(forged)
    except ProgramError:
        assert holdings(world, market, scene) == before
        world.send(honest)
    else:
        gained = [after - then for after, then in zip(holdings(world, market, scene), before, strict=True)]
        assert max(gained) <= 0, f"somebody won {gained}"
    check_solvent(world, market)


def holdings(world: World, market: Market, scene: Scene) -> list[int]:
    """What everybody outside of the protocol holds."""
    people = [scene.user, scene.lp, scene.trader, scene.keeper, scene.creator, world.treasury]
    return [world.balance(each) for each in people]


def test_attack_the_same_position_for_two_requests(world: World, market: Market) -> None:
    """Twice in one transaction: the second request, execution or cancellation finds the first one's result."""
    lp, entry = market.cover("1000"), world.epoch
    request = insurance_pool.request_withdrawal(lp.key, market.id, entry, 10**6)
    with world.expect_error("E_REQUEST"):
        world.send(request, insurance_pool.request_withdrawal(lp.key, market.id, entry, 10**6 + 1))
    world.send(request)
    world.advance(epochs=96)
    score(world, market)
    execute = [insurance_pool.execute_withdrawal(lp.key, market.id, lp.key, entry, lp.token, least) for least in (0, 1)]
    with world.expect_error("E_REQUEST"):
        world.send(*execute)
    assert world.balance(lp) == 0


def test_attack_two_markets_accounts_mixed(world: World, market: Market) -> None:
    """A position, vault or pool of one market in another's withdrawal pays nobody."""
    other = world.open_market(index=1)
    lp, entry = market.cover("1000"), world.epoch
    rich = other.cover("100000", "rich")
    market.request(lp, entry)
    world.advance(epochs=96)
    score(world, market)
    other.crank()
    honest = insurance_pool.execute_withdrawal(lp.key, market.id, lp.key, entry, lp.token, 0)
    theirs = other.m.provider_position(rich.key, entry)
    for old, new, code in (
        (market.m.pool_vault, other.m.pool_vault, "E_VAULT"),
        (market.m.pool, other.m.pool, "E_RELATION"),
        (market.m.provider_position(lp.key, entry), theirs, "E_RELATION"),
    ):
        with world.expect_error(code):
            world.send(swap(honest, old, new))
    assert world.balance(lp) == 0
    assert leave(world, other, rich, entry) > 0


def test_attack_a_stranger_s_token_account_as_source(world: World, market: Market) -> None:
    """Deposits, funding and arrears out of somebody else's account: the token program asks for its owner."""
    victim: User = world.user(usdc="1000")
    scene = Scene(world, market)
    for honest in (scene.deposit(), scene.fund_house(), scene.pay_arrears()):
        with world.expect_error("TOKEN_OWNER"):
            world.send(swap(honest, scene.user.token, victim.token))
    assert world.balance(victim) == 1_000 * USDC
