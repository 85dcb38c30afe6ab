"""An unsigned transaction, what it would do, and how to say it."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.scalars import Date, Slot
from offchain.api.schemas.kinds import Action, CautionCode, FeeName, MoneyUnit
from offchain.api.schemas.units import DECIMALS, Atoms, Bps, Decimals, Lamports, SharePrice, Shares, Time

Base58 = Annotated[str, Meta(description="Base58")]
Amount = Annotated[str, Meta(description="In `unit`, a decimal integer")]
Unit = Annotated[MoneyUnit, Meta(description="atoms: 1e-6 USDC; lamports: 1e-9 SOL; units: of another token")]


class Argument(Struct):
    """One argument of an instruction."""

    name: Annotated[str, Meta(description="As in the program's interface")]
    value: Annotated[str, Meta(description="Decimal integer, `true` or `false`, or base58; `none` for nothing")]


class AccountMeta(Struct):
    """One account of an instruction."""

    name: Annotated[str, Meta(description="Its role; empty beyond the named ones")]
    address: Base58
    signer: Annotated[bool, Meta(description="Whether it has to sign")]
    writable: Annotated[bool, Meta(description="Whether the transaction may change it")]


class Instruction(Struct):
    """One instruction, decoded from the built bytes."""

    program: Annotated[str, Meta(description="Name of a program of this deployment or of Solana, else its address")]
    program_id: Base58
    name: Annotated[str, Meta(description="Empty where it is not known")]
    arguments: Annotated[list[Argument], Meta(description="In order; empty where they are not known")]
    accounts: Annotated[list[AccountMeta], Meta(description="In the order in which the program takes them")]


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
    destination_label: Annotated[str, Meta(description="What the account is, where it is one of ours")]


class TokenChange(Struct):
    """A token account before and after."""

    address: Base58
    owner: Base58
    mint: Base58
    label: Annotated[str, Meta(description="What the account is, where it is one of ours")]
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
    what: Annotated[str, Meta(description="What the account is, in words")]
    program: Annotated[str, Meta(description="The program that it belongs to: name or address")]
    rent: Annotated[str, Meta(description="Lamports put into it, a decimal integer")]


class Simulation(Struct):
    """What the node says the transaction would do now."""

    success: Annotated[bool, Meta(description="Whether it would succeed now")]
    code: Annotated[str | None, Meta(description="Why it would fail; null when it would succeed")]
    advice: Annotated[str | None, Meta(description="What to do about it")]
    units: Annotated[int, Meta(description="Compute units used")]
    network_fee: Lamports
    tokens: Annotated[list[TokenChange], Meta(description="Token accounts that it may change")]
    lamports: Annotated[list[SolChange], Meta(description="Accounts whose lamports change")]
    transfers: Annotated[list[Transfer], Meta(description="Every payment, in order")]
    accounts_created: Annotated[list[Created], Meta(description="Accounts that exist afterwards and did not before")]
    logs: Annotated[list[str], Meta(description="The first 200 lines")]


class Fee(Struct):
    """One fee of this transaction."""

    name: Annotated[FeeName, Meta(description="For programs")]
    title: Annotated[str, Meta(description="For people")]
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

    label: Annotated[str, Meta(description="What the value is")]
    value: Annotated[str, Meta(description="As people write it, with its unit")]


class Caution(Struct):
    """Something to know before signing."""

    code: Annotated[CautionCode, Meta(description="For programs")]
    words: Annotated[str, Meta(description="For people")]


class Summary(Struct):
    """What the transaction means. A wallet compares it with what it decodes by itself."""

    action: Annotated[Action, Meta(description="The last part of the route")]
    title: Annotated[str, Meta(description="In a few words")]
    words: Annotated[list[Line], Meta(description="To be read before signing, in order")]
    warnings: Annotated[list[Caution], Meta(description="What to know before signing")]
    loss_warning: Annotated[str, Meta(description="To be shown wherever capital is put at risk")]
    market_id: Annotated[str | None, Meta(description="Base58")]
    signers: Annotated[list[str], Meta(description="Keys that have to sign, the fee payer first")]
    instructions: Annotated[list[Instruction], Meta(description="Decoded from the built bytes")]
    pays: Annotated[Atoms, Meta(description="What leaves the user's USDC account, exactly; atoms")]
    transfers: Annotated[list[Transfer], Meta(description="Every payment, in order")]
    fees: Annotated[list[Fee], Meta(description="Every fee with its payer and receiver")]
    rent: Annotated[str, Meta(description="Lamports put into new accounts, a decimal integer")]
    accounts_created: Annotated[list[Created], Meta(description="With the rent put into each")]
    receives: Annotated[Received, Meta(description="What the user has more of afterwards")]
    early_fee_bps: Annotated[Bps | None, Meta(description="Null where the action has none")]
    dates: Annotated[Dates, Meta(description="When the capital is free")]


class Lifetime(Struct):
    """Until when it may land."""

    blockhash: Base58
    last_valid_block_height: Annotated[str, Meta(description="A decimal integer")]
    epoch_ends: Annotated[
        Time | None, Meta(description="Unix time; a deposit names its epoch and fails after it. Null: no such bound")
    ]


class BuiltTransaction(Struct):
    """Ready to be signed."""

    transaction: Annotated[str, Meta(description="Version 0 transaction with empty signatures, base64")]
    fee_payer: Base58
    lifetime: Annotated[Lifetime, Meta(description="Until when it may land")]
    simulation: Annotated[Simulation, Meta(description="Of this very transaction")]
    summary: Annotated[Summary, Meta(description="What it means, for people and for wallets")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS


class SimulatedTransaction(Struct):
    """A transaction tried again."""

    fee_payer: Base58
    instructions: Annotated[list[Instruction], Meta(description="Decoded from its bytes")]
    simulation: Annotated[Simulation, Meta(description="Of this very transaction")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS
