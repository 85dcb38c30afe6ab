"""Token accounts and mints in the form of encoding `jsonParsed`."""

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.addresses import TOKEN
from offchain.localnet.errors import Json
from offchain.localnet.rpc.amounts import ui_amount
from offchain.localnet.token_balances import Reader, is_token_account, mint_decimals

_STATES = ("uninitialized", "initialized", "frozen")


def parse_account(account: Account, read: Reader) -> Json:
    """The parsed data, or None if this is neither a token account of a living mint nor a mint."""
    info: Json = None
    kind = ""
    if is_token_account(account):
        kind, info = "account", _token_account(account.data, read)
    elif mint_decimals(account) is not None:
        kind, info = "mint", _mint(account.data)
    if info is None:
        return None
    program = "spl-token" if account.owner == TOKEN else "spl-token-2022"
    return {"program": program, "parsed": {"info": info, "type": kind}, "space": len(account.data)}


def _token_account(data: bytes, read: Reader) -> Json:
    mint = Pubkey.from_bytes(data[:32])
    decimals = mint_decimals(read(mint))
    if decimals is None:
        return None
    info = {
        "mint": str(mint),
        "owner": str(Pubkey.from_bytes(data[32:64])),
        "tokenAmount": ui_amount(_u64(data, 64), decimals),
        "state": _STATES[data[108]],
        "isNative": bool(_u32(data, 109)),
    }
    if _u32(data, 72):
        info["delegate"] = str(Pubkey.from_bytes(data[76:108]))
        info["delegatedAmount"] = ui_amount(_u64(data, 121), decimals)
    if _u32(data, 129):
        info["closeAuthority"] = str(Pubkey.from_bytes(data[133:165]))
    if info["isNative"]:
        info["rentExemptReserve"] = ui_amount(_u64(data, 113), decimals)
    return info


def _mint(data: bytes) -> Json:
    return {
        "mintAuthority": str(Pubkey.from_bytes(data[4:36])) if _u32(data, 0) else None,
        "supply": str(_u64(data, 36)),
        "decimals": data[44],
        "isInitialized": bool(data[45]),
        "freezeAuthority": str(Pubkey.from_bytes(data[50:82])) if _u32(data, 46) else None,
    }


def _u32(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "little")


def _u64(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 8], "little")
