"""`percosec deposit`: insure a market with USDC."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.insurance_pool import Deposited, ToppedUp
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.chain.tokens import associated
from offchain.commands.context import Context, with_context
from offchain.commands.funds import require_funds
from offchain.commands.naming import find_market, label_of
from offchain.commands.options import USDC, market_argument, slippage_option, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out
from offchain.commands.state import pool_of, read_if_there, risk_config, schedule_of
from offchain.errors import PercosecError
from offchain.plain_words.deposits import deposit_rows, least
from offchain.plain_words.rows import Rows


@click.command("deposit")
@market_argument
@click.argument("amount", type=USDC)
@slippage_option("0.5")
@write_options
@with_context
def command(context: Context, market: str, amount: int, slippage: int, dry_run: bool, priority: int) -> None:
    """Deposit AMOUNT USDC into the pool of MARKET.

    The deposit earns the market's premiums and pays its claims. It is locked for the pool's term; after that, or
    earlier for a fee, it leaves by `percosec withdraw request` and its notice. A second deposit in the same epoch
    joins the first one.
    """
    market_id = find_market(context, market)
    key = context.keypair()
    owner = key.pubkey()
    pool = pool_of(context, market_id)
    schedule = schedule_of(context)
    source = associated(owner, risk_config(context).mint)
    require_funds(context, owner, risk_config(context).mint, amount)

    def build(trial: Trial | None) -> list[Instruction]:
        shares = 0 if trial is None else least(_minted(trial), slippage)
        epoch = schedule.epoch(context.chain().now())
        address = context.at.market(market_id).provider_position(owner, epoch)
        exists = read_if_there(context, ProviderPosition, address) is not None
        step = insurance_pool.top_up if exists else insurance_pool.deposit
        return [step(owner, market_id, source, amount, shares, epoch, context.at)]

    def rows(trial: Trial) -> Rows:
        return deposit_rows(_event(trial), least(_minted(trial), slippage), pool, schedule)

    title = f"Deposit into {label_of(context, market_id)}"
    order = Order(
        title, f"Deposit {words.usdc(amount)}?", build, rows, (key,), dry_run, priority, {"market_id": str(market_id)}
    )
    carry_out(context, order)


def _event(trial: Trial) -> Deposited | ToppedUp:
    for event in trial.events:
        if isinstance(event, Deposited | ToppedUp):
            return event
    raise PercosecError("the simulation shows no deposit: the node cut its logs, take another node with --rpc")


def _minted(trial: Trial) -> int:
    return _event(trial).minted
