"""The charts' figures another way: from the chain's records, logs and accounts, without database or SQL."""

import json
from collections import Counter, defaultdict
from fractions import Fraction
from hashlib import sha256
from typing import Any

from offchain.chain.accounts import decode
from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import program_error
from offchain.chain.events.generated import demo_market, insolvency_handler, insurance_pool, premium_manager
from offchain.chain.events.generated.risk_engine import ScoreUpdated
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.localnet.records import TransactionRecord
from offchain.settings.paths import ARTIFACTS
from tests.processor.conftest import Recorded
from tests.processor.independent import share_price

DAY = 86_400
Row = dict[str, Any]


def _names() -> dict[tuple[str, bytes], str]:
    """(program, first eight bytes of the data) -> instruction."""
    found = {}
    for file in (ARTIFACTS / "idl").glob("*.json"):
        for each in json.loads(file.read_text())["instructions"]:
            snake = "".join(f"_{char.lower()}" if char.isupper() else char for char in each["name"])
            found[file.stem, sha256(f"global:{snake}".encode()).digest()[:8]] = snake
    return found


def ours(lived: Recorded, since: int) -> list[TransactionRecord]:
    """The records of transactions that name one of our programs."""
    programs = set(LOCALNET.deployed.values())
    records = lived.chain.transactions()
    return [each for each in records if programs & set(each.keys) and each.block_time >= since]


def failures(lived: Recorded, since: int = 0) -> Counter[tuple[str, str, str, str]]:
    """(program, instruction, code, program that raised it) -> how often."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for record in ours(lived, since):
        if record.err is not None:
            error = program_error(record.err, record.logs)
            program, name = called(record)[record.err["InstructionError"][0]]
            found[program, name, error.code, error.program or ""] += 1
    return found


def calls(lived: Recorded, since: int = 0) -> Counter[tuple[str, str]]:
    """How often each instruction stands in a transaction of ours."""
    return Counter(call for record in ours(lived, since) for call in called(record))


def called(record: TransactionRecord) -> list[tuple[str, str]]:
    """Program and instruction of each top-level call."""
    names, programs = _names(), {key: name for name, key in LOCALNET.deployed.items()}
    message = record.transaction.message
    found = []
    for each in message.instructions:
        key = record.keys[each.program_id_index]
        program = programs.get(key, str(key))
        found.append((program, names.get((program, bytes(each.data)[:8]), "")))
    return found


def days(lived: Recorded, since: int = 0) -> dict[int, tuple[int, int]]:
    """Day -> transactions, failed ones."""
    found: dict[int, tuple[int, int]] = {}
    for record in ours(lived, since):
        all_, failed = found.get(record.block_time // DAY, (0, 0))
        found[record.block_time // DAY] = (all_ + 1, failed + (record.err is not None))
    return found


def keepers(lived: Recorded, since: int = 0) -> dict[str, Row]:
    """What events say reached each keeper."""
    found: dict[str, Row] = defaultdict(lambda: {"bounty": 0, "liquidation": 0, "claim_fee": 0})
    for event, moment in lived.events:
        if moment.time < since:
            continue
        if isinstance(event, premium_manager.PremiumsRouted) and event.bounty:
            found[str(event.actor)]["bounty"] += event.bounty
        if isinstance(event, demo_market.PositionLiquidated) and event.keeper_paid:
            found[str(event.actor)]["liquidation"] += event.keeper_paid
        if isinstance(event, insolvency_handler.ClaimFeeCollected) and event.amount:
            found[str(event.actor)]["claim_fee"] += event.amount
    return dict(found)


def premium_and_loss(lived: Recorded) -> dict[tuple[str, int], list[int]]:
    """(market, day) -> premium credited, payouts, capital lost, uncovered."""
    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for event, moment in lived.events:
        if isinstance(event, insurance_pool.PremiumCredited):
            found[str(event.market_id), moment.time // DAY][0] += event.amount
    for _, account in lived.chain.accounts_owned_by(LOCALNET.insolvency_handler):
        if account.data[:8] == ClaimRecord.discriminator:
            claim = decode(ClaimRecord, account.data)
            if claim.payout_amount:
                sums = found[str(claim.market_id), claim.timestamp // DAY]
                for place, amount in enumerate((claim.payout_amount, claim.capital_tier, claim.uncovered), start=1):
                    sums[place] += amount
    return dict(found)


def cohorts(lived: Recorded) -> dict[tuple[str, int], Row]:
    """(market, day of entry) -> what came in, went out and is held."""
    begin = _genesis(lived)
    found: dict[tuple[str, int], Row] = defaultdict(
        lambda: {"positions": 0, "still_in": 0, "deposited": 0, "withdrawn": 0, "held": 0}
    )
    prices: dict[str, tuple[int, Fraction]] = {}

    def cohort(market: str, epoch: int) -> Row:
        return found[market, (begin + epoch * 900) // DAY]

    for event, _ in lived.events:
        if isinstance(event, insurance_pool.Deposited | insurance_pool.ToppedUp):
            cohort(str(event.market_id), event.epoch)["deposited"] += event.amount
        if isinstance(event, insurance_pool.WithdrawalExecuted):
            cohort(str(event.market_id), event.position_after.entry_epoch)["withdrawn"] += event.net
    for _, account in lived.chain.accounts_owned_by(LOCALNET.insurance_pool):
        if account.data[:8] != ProviderPosition.discriminator:
            continue
        position = decode(ProviderPosition, account.data)
        market = str(position.market_id)
        if market not in prices:
            prices[market] = share_price(lived, market, lived.now)
        generation, price = prices[market]
        shares = position.shares if position.generation == generation else 0
        row = cohort(market, position.entry_epoch)
        row["positions"] += 1
        row["still_in"] += shares > 0
        row["held"] += shares * int(price * 10**9) // 10**9
    return dict(found)


def scores(lived: Recorded) -> dict[tuple[str, int], list[int]]:
    """(market, band) -> epochs, exposure, liquidations, deficits."""
    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    now: dict[str, int] = {}
    for event, _ in lived.events:
        market = str(getattr(event, "market_id", ""))
        if isinstance(event, ScoreUpdated):
            now[market] = event.score_after // 100_000 * 100_000
            sums = found[market, now[market]]
            sums[0] += 1
            sums[1] += event.open_interest
        if isinstance(event, demo_market.PositionLiquidated) and market in now:
            sums = found[market, now[market]]
            sums[2] += 1
            sums[3] += event.counted
    return dict(found)


def _genesis(lived: Recorded) -> int:
    from offchain.chain.events.generated.risk_engine import ConfigInitialized

    return next(event.genesis for event, _ in lived.events if isinstance(event, ConfigInitialized))
