"""Reading accounts in every encoding, alone, together and by program."""

import base64
from typing import Any

import pytest
from solana.rpc.async_api import AsyncClient
from solana.rpc.types import DataSliceOpts, MemcmpOpts
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from spl.token.constants import TOKEN_PROGRAM_ID
from spl.token.instructions import CloseAccountParams, close_account

from offchain.localnet.project_programs import admin, project_programs
from tests.conformance.legs import Leg
from tests.conformance.toolbox import CONFIRMED, SOL, funded, new_mint, new_token_account, raw, result, run

SYSTEM = "11111111111111111111111111111111"


async def test_balance(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, 3 * SOL)
    assert (await client.get_balance(key.pubkey())).value == 3 * SOL
    assert (await client.get_balance(Keypair().pubkey())).value == 0


async def test_airdrop_twice_in_a_row(client: AsyncClient) -> None:
    to = Keypair().pubkey()
    signatures = [(await client.request_airdrop(to, SOL + extra)).value for extra in (0, 1)]
    for signature in signatures:
        await client.confirm_transaction(signature, sleep_seconds=0.05)
    assert (await client.get_balance(to)).value == 2 * SOL + 1


@pytest.mark.parametrize("size", [0, 1, 82, 165, 2_000, 10_240])
async def test_rent_minimum(client: AsyncClient, size: int) -> None:
    assert (await client.get_minimum_balance_for_rent_exemption(size)).value == (128 + size) * 6_960


async def test_account_of_a_wallet(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank)
    account = (await client.get_account_info(key.pubkey())).value
    assert account is not None
    assert (account.lamports, str(account.owner), account.data, account.executable) == (SOL, SYSTEM, b"", False)
    assert account.rent_epoch == 2**64 - 1


async def test_missing_account(client: AsyncClient) -> None:
    assert (await client.get_account_info(Keypair().pubkey())).value is None


async def test_encodings_of_one_account(leg: Leg, client: AsyncClient) -> None:
    mint = str(await new_mint(client, leg.bank))
    bare = await _data(client, mint, {})
    short = await _data(client, mint, {"encoding": "base58"})
    plain = await _data(client, mint, {"encoding": "base64"})
    packed = await _data(client, mint, {"encoding": "base64+zstd"})
    parsed = await _data(client, mint, {"encoding": "jsonParsed"})
    assert isinstance(bare, str)
    assert short == [bare, "base58"]
    assert plain[1] == "base64"
    assert len(base64.b64decode(plain[0])) == 82
    assert packed[1] in ("base64", "base64+zstd")
    assert parsed["program"] == "spl-token"
    assert parsed["parsed"]["type"] == "mint"
    assert parsed["parsed"]["info"] == {
        "decimals": 6,
        "freezeAuthority": None,
        "isInitialized": True,
        "mintAuthority": str(leg.bank.pubkey()),
        "supply": "0",
    }


async def test_base58_of_large_data_is_refused(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    account = await new_token_account(client, leg.bank, mint, leg.bank.pubkey(), 5)
    answer = await raw(client, "getAccountInfo", [str(account), CONFIRMED | {"encoding": "base58"}])
    assert answer["error"]["code"] == -32600
    assert "base 58" in answer["error"]["message"]


async def test_data_slice(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank, decimals=9)
    account = (await client.get_account_info(mint, data_slice=DataSliceOpts(offset=44, length=2))).value
    assert account is not None
    assert account.data == bytes([9, 1])


async def test_multiple_accounts(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank)
    accounts = (await client.get_multiple_accounts([key.pubkey(), Keypair().pubkey(), leg.bank.pubkey()])).value
    assert [account is None for account in accounts] == [False, True, False]
    assert accounts[0] is not None
    assert accounts[0].lamports == SOL


async def test_more_than_100_accounts_are_refused(client: AsyncClient) -> None:
    answer = await raw(client, "getMultipleAccounts", [[SYSTEM] * 101])
    assert answer["error"]["code"] == -32602
    assert "max 100" in answer["error"]["message"]


async def test_program_accounts_by_memcmp_in_three_notations(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    owners = [Keypair().pubkey() for _ in range(3)]
    expected = {str(await new_token_account(client, leg.bank, mint, owner, 1)) for owner in owners}
    for wanted in (
        {"bytes": str(mint)},
        {"bytes": base64.b64encode(bytes(mint)).decode(), "encoding": "base64"},
        {"bytes": list(bytes(mint))},
    ):
        filters = [{"dataSize": 165}, {"memcmp": {"offset": 0} | wanted}]
        found = await _program_accounts(client, {"filters": filters})
        assert {item["pubkey"] for item in found} == expected
    by_client = await client.get_program_accounts(
        TOKEN_PROGRAM_ID, encoding="base64", filters=[165, MemcmpOpts(offset=32, bytes=str(owners[0]))]
    )
    assert len(by_client.value) == 1


async def test_program_accounts_with_slice_and_context(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    await new_token_account(client, leg.bank, mint, leg.bank.pubkey(), 77)
    config = {
        "filters": [{"memcmp": {"offset": 0, "bytes": str(mint)}}],
        "dataSlice": {"offset": 64, "length": 8},
        "withContext": True,
    }
    answer = await _program_accounts(client, config)
    assert answer["context"]["slot"] > 0
    amounts = [base64.b64decode(item["account"]["data"][0]) for item in answer["value"]]
    assert amounts == [(77).to_bytes(8, "little")]


async def test_program_accounts_without_match(client: AsyncClient) -> None:
    assert await _program_accounts(client, {"filters": [{"dataSize": 12_345}]}) == []


async def test_too_many_filters_are_refused(client: AsyncClient) -> None:
    params = [str(TOKEN_PROGRAM_ID), CONFIRMED | {"filters": [{"dataSize": 1}] * 5}]
    answer = await raw(client, "getProgramAccounts", params)
    assert answer["error"]["code"] == -32602


async def test_closed_account_leaves_the_index(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    account = await new_token_account(client, leg.bank, mint, leg.bank.pubkey(), 0)
    close = close_account(
        CloseAccountParams(
            program_id=TOKEN_PROGRAM_ID, account=account, dest=leg.bank.pubkey(), owner=leg.bank.pubkey()
        )
    )
    await run(client, [close], leg.bank)
    assert (await client.get_account_info(account)).value is None
    filters = [{"memcmp": {"offset": 0, "bytes": str(mint)}}, {"dataSize": 165}]
    assert await _program_accounts(client, {"filters": filters}) == []


async def test_programs_look_upgradeable(client: AsyncClient) -> None:
    loader = Pubkey.from_string("BPFLoaderUpgradeab1e11111111111111111111111")
    for program in project_programs():
        account = (await client.get_account_info(program)).value
        assert account is not None
        assert (account.owner, account.executable, len(account.data)) == (loader, True, 36)
        data_address = Pubkey.from_bytes(account.data[4:])
        data = (await client.get_account_info(data_address)).value
        assert data is not None
        assert data.owner == loader
        assert data.data[12] == 1
        assert Pubkey.from_bytes(data.data[13:45]) == admin()
        assert data.data[45:49] == b"\x7fELF"


async def _data(client: AsyncClient, address: str, config: dict[str, Any]) -> Any:
    answer = await result(client, "getAccountInfo", [address, CONFIRMED | config])
    return answer["value"]["data"]


async def _program_accounts(client: AsyncClient, config: dict[str, Any]) -> Any:
    params = [str(TOKEN_PROGRAM_ID), CONFIRMED | {"encoding": "base64"} | config]
    return await result(client, "getProgramAccounts", params)
