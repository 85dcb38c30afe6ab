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


class ClaimRegistryJSON(typing.TypedDict):
    market_id: str
    engine_fp: str
    pool: str
    active: bool
    genesis: int
    epoch_seconds: int
    threshold: int
    counter: int
    settled: int
    margin_total: int
    fund_total: int
    settled_margin: int
    settled_fund: int
    next_sequence: int
    pending: bool
    claims: int
    no_claims: int
    bump: int


@dataclass
class ClaimRegistry:
    discriminator: typing.ClassVar = b"[\xe0\xeb\xda\xf2\x07\xe7p"
    layout: typing.ClassVar = borsh.CStruct(
        "market_id" / BorshPubkey,
        "engine_fp" / BorshPubkey,
        "pool" / BorshPubkey,
        "active" / borsh.Bool,
        "genesis" / borsh.I64,
        "epoch_seconds" / borsh.U64,
        "threshold" / borsh.U64,
        "counter" / borsh.U64,
        "settled" / borsh.U64,
        "margin_total" / borsh.U64,
        "fund_total" / borsh.U64,
        "settled_margin" / borsh.U64,
        "settled_fund" / borsh.U64,
        "next_sequence" / borsh.U64,
        "pending" / borsh.Bool,
        "claims" / borsh.U64,
        "no_claims" / borsh.U64,
        "bump" / borsh.U8,
    )
    market_id: Pubkey
    engine_fp: Pubkey
    pool: Pubkey
    active: bool
    genesis: int
    epoch_seconds: int
    threshold: int
    counter: int
    settled: int
    margin_total: int
    fund_total: int
    settled_margin: int
    settled_fund: int
    next_sequence: int
    pending: bool
    claims: int
    no_claims: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["ClaimRegistry"]:
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
    ) -> typing.List[typing.Optional["ClaimRegistry"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["ClaimRegistry"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "ClaimRegistry":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = ClaimRegistry.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            market_id=dec.market_id,
            engine_fp=dec.engine_fp,
            pool=dec.pool,
            active=dec.active,
            genesis=dec.genesis,
            epoch_seconds=dec.epoch_seconds,
            threshold=dec.threshold,
            counter=dec.counter,
            settled=dec.settled,
            margin_total=dec.margin_total,
            fund_total=dec.fund_total,
            settled_margin=dec.settled_margin,
            settled_fund=dec.settled_fund,
            next_sequence=dec.next_sequence,
            pending=dec.pending,
            claims=dec.claims,
            no_claims=dec.no_claims,
            bump=dec.bump,
        )

    def to_json(self) -> ClaimRegistryJSON:
        return {
            "market_id": str(self.market_id),
            "engine_fp": str(self.engine_fp),
            "pool": str(self.pool),
            "active": self.active,
            "genesis": self.genesis,
            "epoch_seconds": self.epoch_seconds,
            "threshold": self.threshold,
            "counter": self.counter,
            "settled": self.settled,
            "margin_total": self.margin_total,
            "fund_total": self.fund_total,
            "settled_margin": self.settled_margin,
            "settled_fund": self.settled_fund,
            "next_sequence": self.next_sequence,
            "pending": self.pending,
            "claims": self.claims,
            "no_claims": self.no_claims,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: ClaimRegistryJSON) -> "ClaimRegistry":
        return cls(
            market_id=Pubkey.from_string(obj["market_id"]),
            engine_fp=Pubkey.from_string(obj["engine_fp"]),
            pool=Pubkey.from_string(obj["pool"]),
            active=obj["active"],
            genesis=obj["genesis"],
            epoch_seconds=obj["epoch_seconds"],
            threshold=obj["threshold"],
            counter=obj["counter"],
            settled=obj["settled"],
            margin_total=obj["margin_total"],
            fund_total=obj["fund_total"],
            settled_margin=obj["settled_margin"],
            settled_fund=obj["settled_fund"],
            next_sequence=obj["next_sequence"],
            pending=obj["pending"],
            claims=obj["claims"],
            no_claims=obj["no_claims"],
            bump=obj["bump"],
        )
