"""A deposit and a score on a market that was deployed: the protocol works."""

from collections.abc import Callable

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import recipes, tokens, transactions
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.risk_engine.accounts import MarketConfig, RiskConfig, RiskScore
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.keys import dev_key, development_admin
from offchain.chain.oracles.feed_ids import publisher_feed
from offchain.settings.project import load_project

DEPOSIT = 50_000_000
PRICE = 8_000_000_000


def live_a_little(chain: Chain, fund: Callable[[Keypair], None], next_epoch: Callable[[Schedule], None]) -> None:
    """Deposit into the first market of the project file, price it and score it."""
    admin, provider, publisher = development_admin(), Keypair(), dev_key("publisher")
    mint = dev_key("usdc_mint").pubkey()
    for key in (provider, publisher):
        fund(key)
    market_id = LOCALNET.market_id(admin.pubkey(), 0)
    m = LOCALNET.market(market_id)
    risk = decode_account(RiskConfig, chain.account(LOCALNET.risk_config), LOCALNET.risk_engine, LOCALNET.risk_config)
    schedule = Schedule(risk.genesis, risk.epoch_seconds)
    token = tokens.associated(provider.pubkey(), mint)
    purse = [
        tokens.create_associated(provider.pubkey(), provider.pubkey(), mint),
        tokens.mint_to(mint, token, admin.pubkey(), DEPOSIT),
    ]
    transactions.send(chain, purse, [provider, admin])
    epoch = schedule.epoch(chain.now())
    step = insurance_pool.deposit(provider.pubkey(), market_id, token, DEPOSIT, 0, epoch)
    transactions.send_measured(chain, [step], [provider])
    pool = decode_account(InsurancePool, chain.account(m.pool), LOCALNET.insurance_pool, m.pool)
    assert pool.available_balance == pool.total_deposits == DEPOSIT
    config = decode_account(MarketConfig, chain.account(m.config), LOCALNET.risk_engine, m.config)
    feed_id = publisher_feed(load_project().cluster("localnet").markets[0].pair)
    assert config.oracle_feed == LOCALNET.feed(feed_id)
    _price(chain, publisher, config.oracle_feed)
    # The first synchronisation starts the market's clock; the epoch after it has statistics, and a score.
    first = risk_engine.sync_market(provider.pubkey(), market_id, config.oracle_feed)
    transactions.send_measured(chain, [first], [provider])
    next_epoch(schedule)
    _price(chain, publisher, config.oracle_feed)
    steps = recipes.score_epoch(provider.pubkey(), market_id, config.oracle_feed)
    transactions.send_measured(chain, steps, [provider])
    score = decode_account(RiskScore, chain.account(m.score), LOCALNET.risk_engine, m.score)
    assert score.has_score
    assert score.composite_score > 0


def _price(chain: Chain, publisher: Keypair, feed: Pubkey) -> None:
    step = risk_engine.push_price(publisher.pubkey(), feed, PRICE, 1_000_000, chain.now())
    transactions.send_measured(chain, [step], [publisher])
