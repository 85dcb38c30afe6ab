"""One claim as a JSON document: the receipt that the handler keeps on chain, amounts in atoms."""

from typing import Any

from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.commands.context import Context
from offchain.commands.naming import name_of
from offchain.settings.urls import shown

STATES = ("blank", "reserved", "paid")
BLANK = 0


def claim_document(context: Context, record: ClaimRecord) -> dict[str, Any]:
    """Every figure of the record; the tiers add up to the deficit."""
    return {
        "market_id": str(record.market_id),
        "name": name_of(context, record.market_id),
        "record": str(context.at.market(record.market_id).claim(record.sequence)),
        "sequence": record.sequence,
        "state": STATES[record.state] if record.state < len(STATES) else str(record.state),
        "opened_at": record.opened_at,
        "paid_at": record.timestamp or None,
        "epoch": record.epoch,
        "deficit": record.deficit_amount,
        "threshold": record.threshold,
        "payout": record.payout_amount,
        "fully_covered": record.fully_covered,
        "uncovered": record.uncovered,
        "before_the_pool": {"margin": record.margin_tier, "insurance_fund": record.fund_tier},
        "tiers": {
            "first_loss": record.first_loss_tier,
            "premium": record.premium_tier,
            "capital": record.capital_tier,
        },
        "from_unvested_profit": record.profit_tier,
        "arrears_offset": record.arrears_offset,
        "fee": record.fee,
        "executor_fee": record.executor_fee,
        "fee_collected": record.fee_collected,
        "net_paid": record.net_paid,
        "executor": str(record.executor),
    }


def verify_command(context: Context) -> str:
    """The command that recomputes all claims; an RPC provider's secret path is left out."""
    return f"percosec verify --rpc {shown(context.rpc_url)} --cluster {context.settings.cluster}"
