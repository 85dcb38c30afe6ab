"""Bodies of requests. Fields that are not known are refused: a mistyped limit must not be passed over."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.scalars import AtomsIn, Base64Transaction, Key, MarketIn, Priority, SharesIn, Slippage

DEFAULT_SLIPPAGE = 50
Entry = Annotated[int, Meta(description="The position, by the epoch of its deposit", ge=0, le=(1 << 53) - 1)]


JobKey = Annotated[
    str, Meta(description="`key` of one of the market's due jobs; by default the most urgent", max_length=300)
]


class DepositRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """USDC for shares."""

    provider: Key
    market: MarketIn
    amount: AtomsIn
    slippage_bps: Slippage = DEFAULT_SLIPPAGE
    min_shares: Annotated[SharesIn | None, Meta(description="Instead of slippage_bps: the fewest shares, exactly")] = (
        None
    )
    accept_pending_deficit: Annotated[
        bool, Meta(description="Deposit although a known deficit takes a part of the value at once")
    ] = False
    priority: Priority = 0


class WithdrawalRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Ask for shares back: by value, by shares, or all."""

    provider: Key
    market: MarketIn
    entry_epoch: Entry
    amount: Annotated[AtomsIn | None, Meta(description="So much at today's share price; neither: everything")] = None
    shares: Annotated[SharesIn | None, Meta(description="So many shares; neither: everything")] = None
    priority: Priority = 0


class ExecutionRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Pay a request whose notice is over."""

    provider: Key
    market: MarketIn
    entry_epoch: Entry
    caller: Annotated[
        Key | None, Meta(description="Who signs and pays; by default the provider, from the forced date on anyone")
    ] = None
    slippage_bps: Slippage = DEFAULT_SLIPPAGE
    min_amount: Annotated[AtomsIn | None, Meta(description="Instead of slippage_bps: the least payment, exactly")] = (
        None
    )
    priority: Priority = 0


class CancellationRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Take a request back."""

    provider: Key
    market: MarketIn
    entry_epoch: Entry
    priority: Priority = 0


class StakeAmountRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Put up, or ask for, a first-loss stake."""

    creator: Key
    market: MarketIn
    amount: AtomsIn
    priority: Priority = 0


class StakeRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Pay a stake that was asked for, or take that request back."""

    creator: Key
    market: MarketIn
    priority: Priority = 0


class ClaimFeeRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """The executor's part of a claim fee."""

    executor: Key
    market: MarketIn
    sequence: Annotated[int, Meta(description="The claim's number in its market", ge=1, le=(1 << 53) - 1)]
    priority: Priority = 0


class CrankRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Do something that is due in a market."""

    payer: Annotated[Key, Meta(description="Who signs, pays the fee, and earns what the duty pays")]
    market: MarketIn
    job: JobKey | None = None
    priority: Priority = 0


class SimulationRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Try a transaction again, for example right before signing it."""

    transaction: Base64Transaction


class SendRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """Forward a signed transaction."""

    transaction: Base64Transaction
