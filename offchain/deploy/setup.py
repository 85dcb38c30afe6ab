"""The protocol's own set-up: test mint, configs with their peers, the engine's permit and the price feeds."""

from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.chain.keys import dev_key
from offchain.chain.tokens import MINT_SIZE
from offchain.chain.units import USDC_DECIMALS
from offchain.deploy.accounts import create
from offchain.deploy.errors import DeployError
from offchain.deploy.feeds import Feed, feeds_of
from offchain.deploy.pieces import Piece, exists
from offchain.deploy.target import Target
from offchain.settings.parameters import Parameters

_INITIALIZE_MINT = 20
_DECIMALS_AT = 44
"""Where an SPL mint keeps its decimals: after its authority and its supply."""


def mint_pieces(target: Target) -> list[Piece]:
    """The test USDC of a local chain; elsewhere USDC exists. DeployError where it does not."""
    account = target.chain.account(target.mint)
    if account is not None and account.owner == TOKEN_PROGRAM:
        if len(account.data) != MINT_SIZE or account.data[_DECIMALS_AT] != USDC_DECIMALS:
            raise DeployError(
                f"{target.mint} is no mint of {USDC_DECIMALS} decimals: correct usdc_mint in seahorse.toml"
            )
        return []
    if not target.is_local:
        raise DeployError(f"there is no USDC mint {target.mint} on this chain: correct usdc_mint in seahorse.toml")
    key = dev_key("usdc_mint")
    held = account.lamports if account is not None else 0
    data = bytes([_INITIALIZE_MINT, USDC_DECIMALS]) + bytes(target.me) + bytes(1)
    steps = create(target.me, key.pubkey(), held, target.node.rent(MINT_SIZE), MINT_SIZE, TOKEN_PROGRAM)
    steps.append(Instruction(TOKEN_PROGRAM, data, [AccountMeta(key.pubkey(), False, True)]))
    return [Piece("mint", "create the test USDC", tuple(steps), target.mint, (target.mint,), exists, (key,))]


def config_pieces(target: Target, now: int, parameters: Parameters) -> list[Piece]:
    """The configs of the five programs with each other as peers, and the permit of the demo market's engine.

    `now` is the chain's time in seconds. Which values a config must have is in `offchain.deploy.expected`.
    """
    me, at, mint = target.admin, target.at, target.mint
    guardian, treasury = Pubkey.from_string(target.cluster.guardian), Pubkey.from_string(target.cluster.treasury)
    seconds = target.epoch_seconds or parameters.epoch_seconds
    genesis = target.genesis if target.genesis is not None else now - now % seconds - seconds
    configs = {
        at.risk_config: risk_engine.init_config(me, mint, guardian, genesis, seconds, at),
        at.premium_config: premium_manager.init_config(me, mint, guardian, at),
        at.pool_config: insurance_pool.init_config(me, mint, guardian, treasury, at),
        at.handler_config: insolvency_handler.init_config(me, guardian, at),
        at.demo_config: demo_market.init_config(me, mint, at),
    }
    pieces = [
        Piece("configs", "configure the programs and their peers", (step,), config, (config,), exists)
        for config, step in configs.items()
    ]
    engine, allow = at.engine(at.demo_market), risk_engine.allow_engine(me, at.demo_market, at)
    pieces.append(Piece("configs", "allow the demo market as an engine", (allow,), engine, (engine,), exists))
    return pieces


def feed_pieces(target: Target) -> list[Piece]:
    """One price feed for each pair and source that a market names."""
    return [_feed_piece(target, feed) for feed in feeds_of(target)]


def _feed_piece(target: Target, feed: Feed) -> Piece:
    step = risk_engine.open_feed(target.admin, feed.feed_id, feed.number, feed.given_writer, target.at)
    return Piece(
        "feeds", f"open the feed {feed.pair} from {feed.source}", (step,), feed.address, (feed.address,), exists
    )
