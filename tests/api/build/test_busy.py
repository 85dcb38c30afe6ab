"""Building while others use the same pool: nothing false is said, and nothing has to be asked again."""

from threading import Event, Thread

from offchain.chain.instructions import insurance_pool
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

ASKED = 20
MEANWHILE = 5
"""So often at least somebody else uses the pool."""


def test_a_pool_that_others_use_at_the_same_time(world: World, api: Builder, provider: User, entry: int) -> None:
    """Another provider tops up all the time; the vault's figures are of the moment of the simulation all the same."""
    others, stop = [], Event()

    def top_up() -> None:
        while not stop.wait(0.01):
            amount = 10_000_000 + len(others)
            step = insurance_pool.top_up(provider.key, world.market.id, provider.token, amount, 0, entry)
            others.append(world.send(step))

    user = world.user(usdc="1000", name="in between")
    body = {"provider": str(user.key), "market": str(world.market.id), "amount": "10000000"}
    thread = Thread(target=top_up)
    thread.start()
    try:
        answers = []
        while len(answers) < ASKED or (len(others) < MEANWHILE and thread.is_alive()):
            answers.append(api.client.post("/v1/transactions/deposit", json=body))
    finally:
        stop.set()
        thread.join()
    assert len(others) >= MEANWHILE
    assert {answer.status_code for answer in answers} == {200}
    built = [answer.json() for answer in answers]
    for each in built:
        (vault,) = [one for one in each["simulation"]["tokens"] if one["address"] == str(world.market.m.pool_vault)]
        assert vault["change"] == "10000000" == each["summary"]["pays"]
