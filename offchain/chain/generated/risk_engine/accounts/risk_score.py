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


class RiskScoreJSON(typing.TypedDict):
    market_id: str
    composite_score: int
    leverage_factor: int
    oi_ratio_factor: int
    volatility_factor: int
    funding_variance_factor: int
    last_updated_at: int
    epoch: int
    samples: int
    funding_samples: int
    provisional: bool
    oi_ratio_bps: int
    mean_leverage: int
    open_interest: int
    required_reserve: int
    grade: int
    reasons: int
    better_since: int
    better_grade: int
    better_waiting: bool
    below_since: int
    below_waiting: bool
    has_score: bool
    bump: int


@dataclass
class RiskScore:
    discriminator: typing.ClassVar = b"\x0f \xecx3\x05\xc4\xee"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "composite_score" / borsh.U64,
        "leverage_factor" / borsh.U64,
        "oi_ratio_factor" / borsh.U64,
        "volatility_factor" / borsh.U64,
        "funding_variance_factor" / borsh.U64,
        "last_updated_at" / borsh.I64,
        "epoch" / borsh.U64,
        "samples" / borsh.U64,
        "funding_samples" / borsh.U64,
        "provisional" / borsh.Bool,
        "oi_ratio_bps" / borsh.U64,
        "mean_leverage" / borsh.U64,
        "open_interest" / borsh.U64,
        "required_reserve" / borsh.U64,
        "grade" / borsh.U8,
        "reasons" / borsh.U8,
        "better_since" / borsh.U64,
        "better_grade" / borsh.U8,
        "better_waiting" / borsh.Bool,
        "below_since" / borsh.U64,
        "below_waiting" / borsh.Bool,
        "has_score" / borsh.Bool,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    composite_score: int
    leverage_factor: int
    oi_ratio_factor: int
    volatility_factor: int
    funding_variance_factor: int
    last_updated_at: int
    epoch: int
    samples: int
    funding_samples: int
    provisional: bool
    oi_ratio_bps: int
    mean_leverage: int
    open_interest: int
    required_reserve: int
    grade: int
    reasons: int
    better_since: int
    better_grade: int
    better_waiting: bool
    below_since: int
    below_waiting: bool
    has_score: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["RiskScore"]:
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
    ) -> typing.List[typing.Optional["RiskScore"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["RiskScore"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "RiskScore":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = RiskScore.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            composite_score=dec.composite_score,
            leverage_factor=dec.leverage_factor,
            oi_ratio_factor=dec.oi_ratio_factor,
            volatility_factor=dec.volatility_factor,
            funding_variance_factor=dec.funding_variance_factor,
            last_updated_at=dec.last_updated_at,
            epoch=dec.epoch,
            samples=dec.samples,
            funding_samples=dec.funding_samples,
            provisional=dec.provisional,
            oi_ratio_bps=dec.oi_ratio_bps,
            mean_leverage=dec.mean_leverage,
            open_interest=dec.open_interest,
            required_reserve=dec.required_reserve,
            grade=dec.grade,
            reasons=dec.reasons,
            better_since=dec.better_since,
            better_grade=dec.better_grade,
            better_waiting=dec.better_waiting,
            below_since=dec.below_since,
            below_waiting=dec.below_waiting,
            has_score=dec.has_score,
            bump=dec.bump,
        )

    def to_json(self) -> RiskScoreJSON:
        return {
            "market_id": str(self.market_id),
            "composite_score": self.composite_score,
            "leverage_factor": self.leverage_factor,
            "oi_ratio_factor": self.oi_ratio_factor,
            "volatility_factor": self.volatility_factor,
            "funding_variance_factor": self.funding_variance_factor,
            "last_updated_at": self.last_updated_at,
            "epoch": self.epoch,
            "samples": self.samples,
            "funding_samples": self.funding_samples,
            "provisional": self.provisional,
            "oi_ratio_bps": self.oi_ratio_bps,
            "mean_leverage": self.mean_leverage,
            "open_interest": self.open_interest,
            "required_reserve": self.required_reserve,
            "grade": self.grade,
            "reasons": self.reasons,
            "better_since": self.better_since,
            "better_grade": self.better_grade,
            "better_waiting": self.better_waiting,
            "below_since": self.below_since,
            "below_waiting": self.below_waiting,
            "has_score": self.has_score,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: RiskScoreJSON) -> "RiskScore":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            composite_score=obj["composite_score"],
            leverage_factor=obj["leverage_factor"],
            oi_ratio_factor=obj["oi_ratio_factor"],
            volatility_factor=obj["volatility_factor"],
            funding_variance_factor=obj["funding_variance_factor"],
            last_updated_at=obj["last_updated_at"],
            epoch=obj["epoch"],
            samples=obj["samples"],
            funding_samples=obj["funding_samples"],
            provisional=obj["provisional"],
            oi_ratio_bps=obj["oi_ratio_bps"],
            mean_leverage=obj["mean_leverage"],
            open_interest=obj["open_interest"],
            required_reserve=obj["required_reserve"],
            grade=obj["grade"],
            reasons=obj["reasons"],
            better_since=obj["better_since"],
            better_grade=obj["better_grade"],
            better_waiting=obj["better_waiting"],
            below_since=obj["below_since"],
            below_waiting=obj["below_waiting"],
            has_score=obj["has_score"],
            bump=obj["bump"],
        )
