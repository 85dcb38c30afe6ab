import typing
from dataclasses import dataclass
from solders.pubkey import Pubkey
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Commitment
import borsh_construct as borsh
from anchorpy.coder.accounts import ACCOUNT_DISCRIMINATOR_SIZE
from anchorpy.error import AccountInvalidDiscriminator
from anchorpy.utils.rpc import get_multiple_accounts
from anchorpy.borsh_extension import BorshPubkey
from ..program_id import PROGRAM_ID


class ClaimRecordJSON(typing.TypedDict):
    market_id: str
    deficit_amount: int
    payout_amount: int
    timestamp: int
    fully_covered: bool
    sequence: int
    epoch: int
    fee: int
    uncovered: int
    executor: str
    threshold: int
    margin_tier: int
    fund_tier: int
    first_loss_tier: int
    premium_tier: int
    capital_tier: int
    profit_tier: int
    arrears_offset: int
    net_paid: int
    executor_fee: int
    opened_at: int
    state: int
    fee_collected: bool
    bump: int


@dataclass
class ClaimRecord:
    discriminator: typing.ClassVar = b"9\xe5\x00\tA>`\x07"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "deficit_amount" / borsh.U64,
        "payout_amount" / borsh.U64,
        "timestamp" / borsh.I64,
        "fully_covered" / borsh.Bool,
        "sequence" / borsh.U64,
        "epoch" / borsh.U64,
        "fee" / borsh.U64,
        "uncovered" / borsh.U64,
        "executor" / BorshPubkey,
        "threshold" / borsh.U64,
        "margin_tier" / borsh.U64,
        "fund_tier" / borsh.U64,
        "first_loss_tier" / borsh.U64,
        "premium_tier" / borsh.U64,
        "capital_tier" / borsh.U64,
        "profit_tier" / borsh.U64,
        "arrears_offset" / borsh.U64,
        "net_paid" / borsh.U64,
        "executor_fee" / borsh.U64,
        "opened_at" / borsh.I64,
        "state" / borsh.U8,
        "fee_collected" / borsh.Bool,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    deficit_amount: int
    payout_amount: int
    timestamp: int
    fully_covered: bool
    sequence: int
    epoch: int
    fee: int
    uncovered: int
    executor: Pubkey
    threshold: int
    margin_tier: int
    fund_tier: int
    first_loss_tier: int
    premium_tier: int
    capital_tier: int
    profit_tier: int
    arrears_offset: int
    net_paid: int
    executor_fee: int
    opened_at: int
    state: int
    fee_collected: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["ClaimRecord"]:
        resp = await conn.get_account_info(address, commitment=commitment)
        info = resp.value
        if info is None:
            return None
        if info.owner != program_id:
            raise ValueError("Account does not belong to this program")
        bytes_data = info.data
        return cls.decode(bytes_data)

    @classmethod
    async def fetch_multiple(
        cls,
        conn: AsyncClient,
        addresses: list[Pubkey],
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.List[typing.Optional["ClaimRecord"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["ClaimRecord"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "ClaimRecord":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = ClaimRecord.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            deficit_amount=dec.deficit_amount,
            payout_amount=dec.payout_amount,
            timestamp=dec.timestamp,
            fully_covered=dec.fully_covered,
            sequence=dec.sequence,
            epoch=dec.epoch,
            fee=dec.fee,
            uncovered=dec.uncovered,
            executor=dec.executor,
            threshold=dec.threshold,
            margin_tier=dec.margin_tier,
            fund_tier=dec.fund_tier,
            first_loss_tier=dec.first_loss_tier,
            premium_tier=dec.premium_tier,
            capital_tier=dec.capital_tier,
            profit_tier=dec.profit_tier,
            arrears_offset=dec.arrears_offset,
            net_paid=dec.net_paid,
            executor_fee=dec.executor_fee,
            opened_at=dec.opened_at,
            state=dec.state,
            fee_collected=dec.fee_collected,
            bump=dec.bump,
        )

    def to_json(self) -> ClaimRecordJSON:
        return {
            "market_id": str(self.market_id),
            "deficit_amount": self.deficit_amount,
            "payout_amount": self.payout_amount,
            "timestamp": self.timestamp,
            "fully_covered": self.fully_covered,
            "sequence": self.sequence,
            "epoch": self.epoch,
            "fee": self.fee,
            "uncovered": self.uncovered,
            "executor": str(self.executor),
            "threshold": self.threshold,
            "margin_tier": self.margin_tier,
            "fund_tier": self.fund_tier,
            "first_loss_tier": self.first_loss_tier,
            "premium_tier": self.premium_tier,
            "capital_tier": self.capital_tier,
            "profit_tier": self.profit_tier,
            "arrears_offset": self.arrears_offset,
            "net_paid": self.net_paid,
            "executor_fee": self.executor_fee,
            "opened_at": self.opened_at,
            "state": self.state,
            "fee_collected": self.fee_collected,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: ClaimRecordJSON) -> "ClaimRecord":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            deficit_amount=obj["deficit_amount"],
            payout_amount=obj["payout_amount"],
            timestamp=obj["timestamp"],
            fully_covered=obj["fully_covered"],
            sequence=obj["sequence"],
            epoch=obj["epoch"],
            fee=obj["fee"],
            uncovered=obj["uncovered"],
            executor=Pubkey.from_string(obj["executor"]),
            threshold=obj["threshold"],
            margin_tier=obj["margin_tier"],
            fund_tier=obj["fund_tier"],
            first_loss_tier=obj["first_loss_tier"],
            premium_tier=obj["premium_tier"],
            capital_tier=obj["capital_tier"],
            profit_tier=obj["profit_tier"],
            arrears_offset=obj["arrears_offset"],
            net_paid=obj["net_paid"],
            executor_fee=obj["executor_fee"],
            opened_at=obj["opened_at"],
            state=obj["state"],
            fee_collected=obj["fee_collected"],
            bump=obj["bump"],
        )
