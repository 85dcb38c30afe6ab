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


class AllowedEngineJSON(typing.TypedDict):
    program: str
    fingerprint: str
    active: bool
    bump: int


@dataclass
class AllowedEngine:
    discriminator: typing.ClassVar = b"\x1e\xaf\xf2\x11\xbe\x87\xe0\xe2"
    layout: typing.ClassVar = borsh.CStruct(
        "program" / BorshPubkey,
        "fingerprint" / BorshPubkey,
        "active" / borsh.Bool,
        "bump" / borsh.U8,
    )
    program: Pubkey
    fingerprint: Pubkey
    active: bool
    bump: int

    @classmethod
    async def fetch(
        cls,
        conn: AsyncClient,
        address: Pubkey,
        commitment: typing.Optional[Commitment] = None,
        program_id: Pubkey = PROGRAM_ID,
    ) -> typing.Optional["AllowedEngine"]:
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
    ) -> typing.List[typing.Optional["AllowedEngine"]]:
        infos = await get_multiple_accounts(conn, addresses, commitment=commitment)
        res: typing.List[typing.Optional["AllowedEngine"]] = []
        for info in infos:
            if info is None:
                res.append(None)
                continue
            if info.account.owner != program_id:
                raise ValueError("Account does not belong to this program")
            res.append(cls.decode(info.account.data))
        return res

    @classmethod
    def decode(cls, data: bytes) -> "AllowedEngine":
        if data[:ACCOUNT_DISCRIMINATOR_SIZE] != cls.discriminator:
            raise AccountInvalidDiscriminator(
                "The discriminator for this account is invalid"
            )
        dec = AllowedEngine.layout.parse(data[ACCOUNT_DISCRIMINATOR_SIZE:])
        return cls(
            program=dec.program,
            fingerprint=dec.fingerprint,
            active=dec.active,
            bump=dec.bump,
        )

    def to_json(self) -> AllowedEngineJSON:
        return {
            "program": str(self.program),
            "fingerprint": str(self.fingerprint),
            "active": self.active,
            "bump": self.bump,
        }

    @classmethod
    def from_json(cls, obj: AllowedEngineJSON) -> "AllowedEngine":
        return cls(
            program=Pubkey.from_string(obj["program"]),
            fingerprint=Pubkey.from_string(obj["fingerprint"]),
            active=obj["active"],
            bump=obj["bump"],
        )
