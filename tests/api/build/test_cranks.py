"""Cranking by hand: what is listed, what it pays, and what it does, against the chain."""

from typing import Any

from solders.keypair import Keypair

from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.tokens import associated
from tests.attacks.moves import bankrupt, trade_volume
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

USDC = 1_000_000


def _crank(api: Builder, payer: User, **more: Any) -> Any:
    built = api.post("crank", payer=payer.key, market=api.world.market.id, **more)
    api.sign_and_send(built, payer)
    return built


def _duties(api: Builder, payer: User | None = None) -> list[Any]:
    query = {"payer": payer.key} if payer else {}
    return list(api.get(f"markets/{api.world.market.id}/cranks", **query)["items"])


def _covered(world: World) -> Market:
    world.market.cover("100000")
    return world.market


def test_anyone_turns_an_epoch_by_hand(world: World, api: Builder) -> None:
    cranker = world.user(usdc="0", name="cranker")
    trade_volume(_covered(world))
    world.advance(epochs=1)
    world.push_price()
    listed = _duties(api, cranker)
    assert [one["duty"] for one in listed] == ["score"]
    assert listed[0]["possible"] is True and int(listed[0]["costs"]) == 5_000
    built = _crank(api, cranker)
    assert built["summary"]["words"][0]["value"] == "compute the risk score of this epoch"
    assert world.market.score().epoch == world.epoch
    (premiums,) = _duties(api, cranker)
    assert premiums["duty"] == "premiums" and int(premiums["pays"]) > 0
    before = world.balance(cranker)
    built = _crank(api, cranker, job=premiums["key"])
    assert world.balance(cranker) - before == int(premiums["pays"]) == int(built["summary"]["receives"]["amount"])
    assert _duties(api, cranker) == []
    code, detail = api.refused("crank", 409, payer=cranker.key, market=world.market.id)
    assert code == "not_due" and "the next epoch begins" in detail


def test_a_liquidation_with_its_claim_is_one_transaction(world: World, api: Builder) -> None:
    cranker = world.user(usdc="0", name="cranker")
    market = _covered(world)
    bankrupt(world, market, "6800")
    listed = _duties(api, cranker)
    assert listed[0]["urgent"] is True and listed[0]["duty"] in ("liquidation", "resolution")
    sequence = market.sequence
    before = world.balance(cranker)
    built = _crank(api, cranker)
    assert world.balance(cranker) - before == int(listed[0]["pays"]) > 0
    record = market.record(sequence)
    assert record.payout_amount > 0 and record.executor == cranker.key
    assert "claim record" in [one["what"] for one in built["summary"]["accounts_created"]]
    labels = {one["source_label"]: one["destination_label"] for one in built["summary"]["transfers"]}
    assert labels["vault of the insurance pool"] in ("vault of the market", "your USDC account")


def test_a_payer_without_an_account_gets_one(world: World, api: Builder) -> None:
    market = _covered(world)
    bankrupt(world, market, "6800")
    pair = Keypair()
    world.local.airdrop(pair.pubkey(), 10**9)
    nobody = User("nobody", pair, pair.pubkey(), associated(pair.pubkey(), world.mint))
    built = _crank(api, nobody)
    assert [one["what"] for one in built["summary"]["accounts_created"]].count("USDC account") == 1
    assert world.balance(nobody) == int(built["summary"]["receives"]["amount"]) > 0


def test_without_a_payer_only_what_is_due_is_listed(world: World, api: Builder) -> None:
    world.advance(epochs=1)
    world.push_price()
    (job,) = _duties(api)
    assert job["possible"] is None and job["pays"] is None and job["title"]


def test_what_fails_says_why(world: World, api: Builder) -> None:
    world.advance(epochs=1)
    world.push_price()
    poor = Keypair().pubkey()
    world.local.airdrop(poor, 891_000)
    (job,) = api.get(f"markets/{world.market.id}/cranks", payer=poor)["items"]
    assert job["possible"] is False and job["code"] == "LAMPORTS" and "fund it" in job["advice"]
    assert api.refused("crank", payer=poor, market=world.market.id)[0] == "LAMPORTS"


def test_refusals(world: World, api: Builder) -> None:
    body = {"payer": world.keeper.key, "market": world.market.id}
    assert api.refused("crank", 409, **body, job="score:elsewhere")[0] == "not_due"
    assert api.refused("crank", 404, **body | {"market": world.keeper.key})[0] == "not_found"
    assert api.refused("crank", **body | {"payer": Keypair().pubkey()})[0] == "LAMPORTS"
    assert api.get_refused("markets/nonsense/cranks", 404)[0] == "not_found"


def test_a_forced_withdrawal_is_paid_by_a_crank(world: World, api: Builder, provider: User, entry: int) -> None:
    world.market.request(provider, entry)
    world.go_to_epoch(entry + 96 + 1344)
    keeper = world.keeper.key
    world.crank_epoch(advance=False)
    world.send(insurance_pool.report_reserve(keeper, world.market.id))
    world.send(risk_engine.sync_market(keeper, world.market.id, world.feed))
    cranker = world.user(name="cranker")
    (job,) = [one for one in _duties(api, cranker) if one["duty"] == "withdrawals"]
    before = world.balance(provider)
    _crank(api, cranker, job=job["key"])
    assert world.balance(provider) - before == 19_940 * USDC
