"""An unsigned transaction, what it would do, and how to say it."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.scalars import (
    Atoms,
    Bps,
    Date,
    Decimals,
    Lamports,
    Seconds,
    SharePrice,
    Shares,
    Slot,
)

Base58 = Annotated[str, Meta(description="Base58")]
Amount = Annotated[str, Meta(description="In `unit`, a decimal integer")]
Unit = Annotated[str, Meta(description="`atoms` (1e-6 USDC), `lamports` (1e-9 SOL) or `units` of another token")]


class Argument(Struct):
    """One argument of an instruction."""

    name: str
    value: Annotated[str, Meta(description="Decimal integer, `true` or `false`, or base58; `none` for nothing")]


class AccountMeta(Struct):
    """One account of an instruction."""

    name: Annotated[str, Meta(description="Its role; empty beyond the named ones")]
    address: Base58
    signer: bool
    writable: bool


class Instruction(Struct):
    """One instruction, decoded from the built bytes."""

    program: Annotated[str, Meta(description="Name of a program of this deployment or of Solana, else its address")]
    program_id: Base58
    name: Annotated[str, Meta(description="Empty where it is not known")]
    arguments: list[Argument]
    accounts: list[AccountMeta]


class Transfer(Struct):
    """One payment, as the token or system program would carry it out."""

    unit: Unit
    mint: Annotated[str | None, Meta(description="Base58; null for SOL")]
    amount: Amount
    source: Base58
    source_owner: Base58
    source_label: Annotated[str, Meta(description="What the account is, where it is one of ours")]
    destination: Base58
    destination_owner: Base58
    destination_label: str


class TokenChange(Struct):
    """A token account before and after."""

    address: Base58
    owner: Base58
    mint: Base58
    label: str
    before: Amount
    after: Amount
    change: Annotated[str, Meta(description="After less before, with its sign; atoms where the mint is USDC")]


class SolChange(Struct):
    """An account's lamports before and after."""

    address: Base58
    before: Lamports
    after: Lamports
    change: Annotated[str, Meta(description="Lamports, after less before, with its sign; fee and rent included")]


class Created(Struct):
    """An account that the transaction creates."""

    address: Base58
    what: str
    program: Annotated[str, Meta(description="The program that it belongs to: name or address")]
    rent: Annotated[str, Meta(description="Lamports put into it, a decimal integer")]


class Simulation(Struct):
    """What the node says the transaction would do now."""

    success: bool
    code: Annotated[str | None, Meta(description="Why it would fail; null when it would succeed")]
    advice: Annotated[str | None, Meta(description="What to do about it")]
    units: Annotated[int, Meta(description="Compute units used")]
    network_fee: Lamports
    tokens: list[TokenChange]
    lamports: list[SolChange]
    transfers: list[Transfer]
    accounts_created: list[Created]
    logs: list[str]


class Fee(Struct):
    """One fee of this transaction."""

    name: Annotated[str, Meta(description="network, rent, early_exit, bounty, ...: for programs")]
    title: str
    unit: Unit
    amount: Amount
    payer: Annotated[str, Meta(description="Base58, or in words")]
    receiver: Annotated[str, Meta(description="Base58, or in words")]


class Received(Struct):
    """What the user has more of afterwards; null where it does not apply."""

    amount: Annotated[Atoms | None, Meta(description="Atoms, from the simulation")] = None
    amount_at_least: Annotated[Atoms | None, Meta(description="Atoms; below it the transaction fails")] = None
    shares: Annotated[Shares | None, Meta(description="From the simulation")] = None
    shares_at_least: Annotated[Shares | None, Meta(description="Below it the transaction fails")] = None
    share_price: SharePrice | None = None
    value: Annotated[Atoms | None, Meta(description="Worth right afterwards, atoms")] = None


class Dates(Struct):
    """When the capital is free; null where it does not apply."""

    lock_ends: Annotated[Date | None, Meta(description="From then on leaving costs no early fee")] = None
    notice_ends: Annotated[Date | None, Meta(description="A request made now (or made) is payable from then on")] = None
    exit: Annotated[Date | None, Meta(description="Earliest payment without an early fee")] = None
    forced: Annotated[Date | None, Meta(description="Payable from then on whatever the utilisation cap says")] = None


class Line(Struct):
    """One line of plain words."""

    label: str
    value: str


class Caution(Struct):
    """Something to know before signing."""

    code: str
    words: str


class Summary(Struct):
    """What the transaction means. A wallet compares it with what it decodes by itself."""

    action: Annotated[str, Meta(description="deposit, request_withdrawal, ...: the last part of the route")]
    title: str
    words: Annotated[list[Line], Meta(description="To be read before signing, in order")]
    warnings: list[Caution]
    loss_warning: Annotated[str, Meta(description="To be shown wherever capital is put at risk")]
    market: Annotated[str | None, Meta(description="Base58")]
    signers: Annotated[list[str], Meta(description="Keys that have to sign, the fee payer first")]
    instructions: list[Instruction]
    pays: Annotated[Atoms, Meta(description="What leaves the user's USDC account, exactly; atoms")]
    transfers: list[Transfer]
    fees: list[Fee]
    rent: Annotated[str, Meta(description="Lamports put into new accounts, a decimal integer")]
    accounts_created: list[Created]
    receives: Received
    early_fee_bps: Annotated[Bps | None, Meta(description="Null where the action has none")]
    dates: Dates


class Lifetime(Struct):
    """Until when it may land."""

    blockhash: Base58
    last_valid_block_height: Annotated[str, Meta(description="A decimal integer")]
    epoch_ends: Annotated[
        Seconds | None, Meta(description="Unix time; a deposit names its epoch and fails after it. Null: no such bound")
    ]


class BuiltTransaction(Struct):
    """Ready to be signed."""

    transaction: Annotated[str, Meta(description="Version 0 transaction with empty signatures, base64")]
    fee_payer: Base58
    lifetime: Lifetime
    simulation: Simulation
    summary: Summary
    as_of_slot: Slot
    decimals: Decimals = 6


class SimulatedTransaction(Struct):
    """A transaction tried again."""

    fee_payer: Base58
    instructions: list[Instruction]
    simulation: Simulation
    as_of_slot: Slot
    decimals: Decimals = 6
