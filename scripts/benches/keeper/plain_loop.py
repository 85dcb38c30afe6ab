"""What one would write without a keeper: a loop with solana-py and anchorpy over all markets, one step after another.

Run as `python -m scripts.benches.keeper.plain_loop RPC_URL KEY_FILE`. Each round reads every market, position and feed;
a position in breach is liquidated by the four instructions of a claim after a synchronisation, each in a transaction of
its own that is confirmed before the next one.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

from anchorpy.program.core import Program
from anchorpy.provider import Provider, Wallet
from anchorpy_core.idl import Idl
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Confirmed
from solana.rpc.core import RPCException
from solana.rpc.types import TxOpts
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import tokens, transactions
from offchain.chain.addresses import LOCALNET
from offchain.chain.breach import find_breach, in_danger
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, risk_engine
from offchain.chain.keys import read_keypair
from offchain.settings.parameters import Parameters
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project

OPEN = 1
PAUSE_SECONDS = 0.2
CONFIRM_SECONDS = 0.1


class PlainLoop:
    """Polls, looks and sends, in turn."""

    def __init__(self, client: AsyncClient, key: Keypair, parameters: Parameters) -> None:
        self._client = client
        self._key = key
        self._me = key.pubkey()
        self._parameters = parameters
        provider = Provider(client, Wallet(key))
        self._market = _program("demo_market", provider)
        self._risk = _program("risk_engine", provider)
        self._handler = _program("insolvency_handler", provider)
        self._token = Pubkey.default()

    async def begin(self) -> None:
        """Make the account that earnings go to."""
        config = await self._risk.account["RiskConfig"].fetch(LOCALNET.risk_config, Confirmed)
        self._token = tokens.associated(self._me, config.mint)
        await self._send(tokens.create_associated(self._me, self._me, config.mint))

    async def round(self) -> int:
        """Look at everything once; returns how many positions were liquidated."""
        markets = {found.public_key: found.account for found in await self._market.account["PerpMarket"].all()}
        positions = [found.account for found in await self._market.account["PerpPosition"].all()]
        configs = {found.account.market_id: found.account for found in await self._risk.account["MarketConfig"].all()}
        feeds = {found.public_key: found.account for found in await self._risk.account["PriceFeed"].all()}
        done = 0
        for position in positions:
            market = markets[position.market]
            feed_address = configs[position.market].oracle_feed
            price = feeds[feed_address].price
            if position.state == OPEN and in_danger(market, [position], price):
                done += await self._settle(position, feed_address)
        return done

    async def _settle(self, position: Any, feed: Pubkey) -> int:
        market_id = position.market
        if not await self._send(risk_engine.sync_market(self._me, market_id, feed)):
            return 0
        market = await self._market.account["PerpMarket"].fetch(market_id, Confirmed)
        if not find_breach(market, position, self._parameters.keeper_min_bps, self._parameters.keeper_min_max):
            return 0
        at = LOCALNET.market(market_id)
        sequence = (await self._handler.account["ClaimRegistry"].fetch(at.registry, Confirmed)).next_sequence
        for step in (
            insolvency_handler.open_claim(self._me, market_id, sequence),
            demo_market.execute_liquidation(self._me, market_id, position.owner, position.nonce, self._token),
            demo_market.report(self._me, market_id, sequence),
            insurance_pool.release_funds(self._me, market_id, sequence),
        ):
            if not await self._send(step):
                return 0
        return 1

    async def _send(self, step: Instruction) -> bool:
        blockhash = (await self._client.get_latest_blockhash(Confirmed)).value.blockhash
        transaction = transactions.build([step], [self._key], blockhash)
        try:
            sent = await self._client.send_raw_transaction(bytes(transaction), TxOpts(preflight_commitment=Confirmed))
        except RPCException as error:
            print(f"refused: {error}", flush=True)
            return False
        await self._client.confirm_transaction(sent.value, Confirmed, CONFIRM_SECONDS)
        return True


def _program(name: str, provider: Provider) -> Program:
    idl = Idl.from_json((ARTIFACTS / "idl" / f"{name}.json").read_text(encoding="utf-8"))
    return Program(idl, LOCALNET.programs[name], provider)


async def run(url: str, key: Keypair) -> None:
    """Go round until interrupted."""
    parameters = load_project().profile("development").parameters
    async with AsyncClient(url, Confirmed, timeout=60) as client:
        loop = PlainLoop(client, key, parameters)
        await loop.begin()
        while True:
            liquidated = await loop.round()
            print(f"one round, {liquidated} liquidated", flush=True)
            await asyncio.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], read_keypair(Path(sys.argv[2]))))
