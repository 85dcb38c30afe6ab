"""Token balances, supply and a wallet's token accounts."""

from solana.rpc.async_api import AsyncClient
from solana.rpc.types import TokenAccountOpts
from solders.keypair import Keypair

from tests.conformance.legs import Leg
from tests.conformance.toolbox import CONFIRMED, new_mint, new_token_account, raw, result


async def test_token_account_balance(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    account = await new_token_account(client, leg.bank, mint, Keypair().pubkey(), 1_234_500)
    value = (await client.get_token_account_balance(account)).value
    assert (value.amount, value.decimals, value.ui_amount, value.ui_amount_string) == ("1234500", 6, 1.2345, "1.2345")


async def test_balance_of_zero_and_of_the_largest_amount(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    empty = await new_token_account(client, leg.bank, mint, Keypair().pubkey(), 0)
    full = await new_token_account(client, leg.bank, mint, Keypair().pubkey(), 2**64 - 1)
    assert (await client.get_token_account_balance(empty)).value.ui_amount_string == "0"
    value = (await client.get_token_account_balance(full)).value
    assert (value.amount, value.ui_amount_string) == ("18446744073709551615", "18446744073709.551615")


async def test_balance_of_what_is_no_token_account(leg: Leg, client: AsyncClient) -> None:
    for address in (str(leg.bank.pubkey()), str(Keypair().pubkey())):
        answer = await raw(client, "getTokenAccountBalance", [address, CONFIRMED])
        assert answer["error"]["code"] == -32602


async def test_supply(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    await new_token_account(client, leg.bank, mint, Keypair().pubkey(), 7)
    await new_token_account(client, leg.bank, mint, Keypair().pubkey(), 8)
    assert (await client.get_token_supply(mint)).value.amount == "15"


async def test_token_accounts_by_owner(leg: Leg, client: AsyncClient) -> None:
    owner = Keypair().pubkey()
    mint, other = await new_mint(client, leg.bank), await new_mint(client, leg.bank)
    account = await new_token_account(client, leg.bank, mint, owner, 3)
    await new_token_account(client, leg.bank, other, owner, 4)
    found = (await client.get_token_accounts_by_owner(owner, TokenAccountOpts(mint=mint, encoding="base64"))).value
    assert [item.pubkey for item in found] == [account]


async def test_token_accounts_parsed(leg: Leg, client: AsyncClient) -> None:
    owner = Keypair().pubkey()
    mint = await new_mint(client, leg.bank)
    await new_token_account(client, leg.bank, mint, owner, 2_500_000)
    answer = await result(
        client,
        "getTokenAccountsByOwner",
        [str(owner), {"mint": str(mint)}, CONFIRMED | {"encoding": "jsonParsed"}],
    )
    parsed = answer["value"][0]["account"]["data"]
    assert (parsed["program"], parsed["space"]) == ("spl-token", 165)
    assert parsed["parsed"] == {
        "type": "account",
        "info": {
            "isNative": False,
            "mint": str(mint),
            "owner": str(owner),
            "state": "initialized",
            "tokenAmount": {"amount": "2500000", "decimals": 6, "uiAmount": 2.5, "uiAmountString": "2.5"},
        },
    }
