"""SPL tokens: what an instruction moves, what an account holds."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.verify.evidence.model import Account, Call

TOKEN_PROGRAM = Pubkey.from_string("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA")
ACCOUNT_BYTES = 165
MINT_BYTES = 82

TRANSFER, MINT_TO, BURN, CLOSE_ACCOUNT = 3, 7, 8, 9
TRANSFER_CHECKED, MINT_TO_CHECKED, BURN_CHECKED = 12, 14, 15
INITIALIZE_ACCOUNT = (1, 16, 18)


@dataclass(frozen=True, slots=True)
class Movement:
    """Atoms from one token account to another; minting has no source, burning no destination."""

    source: Pubkey | None
    destination: Pubkey | None
    amount: int

    def __str__(self) -> str:
        return f"{self.amount} atoms from {self.source or 'the mint'} to {self.destination or 'nobody'}"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a token account says of itself."""

    mint: Pubkey
    owner: Pubkey
    amount: int


def movement(call: Call) -> Movement | None:
    """What a call of the token program moves; None when it moves nothing."""
    if call.program != TOKEN_PROGRAM or not call.data:
        return None
    kind = call.data[0]
    if kind in (TRANSFER, TRANSFER_CHECKED):
        place = 1 if kind == TRANSFER else 2
        return Movement(call.accounts[0], call.accounts[place], _amount(call))
    if kind in (MINT_TO, MINT_TO_CHECKED):
        return Movement(None, call.accounts[1], _amount(call))
    if kind in (BURN, BURN_CHECKED):
        return Movement(call.accounts[0], None, _amount(call))
    return None


def _amount(call: Call) -> int:
    return int.from_bytes(call.data[1:9], "little")


def opened(call: Call) -> tuple[Pubkey, Pubkey] | None:
    """(account, mint) when a call initialises a token account."""
    if call.program == TOKEN_PROGRAM and call.data and call.data[0] in INITIALIZE_ACCOUNT:
        return call.accounts[0], call.accounts[1]
    return None


def holding(account: Account) -> Holding | None:
    """What a token account holds; None for any other account."""
    if account.owner != TOKEN_PROGRAM or len(account.data) != ACCOUNT_BYTES:
        return None
    data = account.data
    return Holding(Pubkey.from_bytes(data[:32]), Pubkey.from_bytes(data[32:64]), int.from_bytes(data[64:72], "little"))


def supply(account: Account | None) -> int:
    """The supply of a mint in atoms; ValueError when the account is none."""
    if account is None or account.owner != TOKEN_PROGRAM or len(account.data) != MINT_BYTES:
        raise ValueError("the mint's account is missing or no mint")
    return int.from_bytes(account.data[36:44], "little")
