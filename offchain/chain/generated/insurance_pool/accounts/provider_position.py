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


class ProviderPositionJSON(typing.TypedDict):
    provider: str
    market_id: str
    deposited_amount: int
    shares: int
    entry_epoch: int
    unlock_epoch: int
    lock_epochs: int
    notice_epochs: int
    generation: int
    requested_shares: int
    request_value: int
    request_fee_bps: int
    request_epoch: int
    bump: int


@dataclass
class ProviderPosition:
    discriminator: typing.ClassVar = b"\x84\xf8W[\x89\xd3.\xfe"
    layout: typing.ClassVar = borsh.CStruct(
        "provider" / BorshPubkey,
        "market_id" / BorshPubkey,
        "deposited_amount" / borsh.U64,
        "shares" / borsh.U64,
        "entry_epoch" / borsh.U64,
        "unlock_epoch" / borsh.U64,
        "lock_epochs" / borsh.U64,
        "notice_epochs" / borsh.U64,
        "generation" / borsh.U64,
        "requested_shares" / borsh.U64,
        "request_value" / borsh.U64,
        "request_fee_bps" / borsh.U64,
        "request_epoch" / borsh.U64,
        "bump" / borsh.U8,
    )
    provider: Pubkey
    market_id: Pubkey
    deposited_amount: int
    shares: int
    entry_epoch: int
    unlock_epoch: int
    lock_epochs: int
    notice_epochs: int
    generation: int
    requested_shares: int
    request_value: int
    request_fee_bps: int
    request_epoch: int
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["ProviderPosition"]:
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
    ) -> typing.List[typing.Optional["ProviderPosition"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["ProviderPosition"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "ProviderPosition":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = ProviderPosition.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            provider=dec.provider,
            market_id=dec.market_id,
            deposited_amount=dec.deposited_amount,
            shares=dec.shares,
            entry_epoch=dec.entry_epoch,
            unlock_epoch=dec.unlock_epoch,
            lock_epochs=dec.lock_epochs,
            notice_epochs=dec.notice_epochs,
            generation=dec.generation,
            requested_shares=dec.requested_shares,
            request_value=dec.request_value,
            request_fee_bps=dec.request_fee_bps,
            request_epoch=dec.request_epoch,
            bump=dec.bump,
        )

    def to_json(self) -> ProviderPositionJSON:
        return {
            "provider": str(self.provider),
            "market_id": str(self.market_id),
            "deposited_amount": self.deposited_amount,
            "shares": self.shares,
            "entry_epoch": self.entry_epoch,
            "unlock_epoch": self.unlock_epoch,
            "lock_epochs": self.lock_epochs,
            "notice_epochs": self.notice_epochs,
            "generation": self.generation,
            "requested_shares": self.requested_shares,
            "request_value": self.request_value,
            "request_fee_bps": self.request_fee_bps,
            "request_epoch": self.request_epoch,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: ProviderPositionJSON) -> "ProviderPosition":
        return cls(
            provider=Pubkey.from_string(obj["provider"]),
            market_id=Pubkey.from_string(obj["market_id"]),
            deposited_amount=obj["deposited_amount"],
            shares=obj["shares"],
            entry_epoch=obj["entry_epoch"],
            unlock_epoch=obj["unlock_epoch"],
            lock_epochs=obj["lock_epochs"],
            notice_epochs=obj["notice_epochs"],
            generation=obj["generation"],
            requested_shares=obj["requested_shares"],
            request_value=obj["request_value"],
            request_fee_bps=obj["request_fee_bps"],
            request_epoch=obj["request_epoch"],
            bump=obj["bump"],
        )
