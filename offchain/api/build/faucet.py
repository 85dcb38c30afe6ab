"""SOL and test USDC for a demo wallet: on local chains only, where both are worth nothing and anyone may make them."""

import asyncio

from solders.pubkey import Pubkey

from offchain.api.build.desk import chain_of
from offchain.api.build.inputs import key, refused
from offchain.api.build.schemas.gifts import Gift, GiftRequest
from offchain.api.context import ApiContext
from offchain.api.problems import Problem, unavailable
from offchain.chain import tokens, transactions
from offchain.chain.accounts import decode_account
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.keys import development_admin
from offchain.settings.safety import LOCALNET

FEES = 10**8
"""Lamports that the issuer is given when it has too few to pay for minting."""
WAIT_SECONDS = 10.0
PAUSE_SECONDS = 0.1


async def give(context: ApiContext, body: GiftRequest) -> Gift:
    """Problem 403 on every chain but a local one of one's own."""
    to = key(body.to, "to")
    chain = chain_of(context)
    await _require_local(context, chain)
    mint = await _mint(context, chain)
    if body.lamports:
        await _airdrop(chain, to, body.lamports)
    account = tokens.associated(to, mint)
    if body.usdc:
        await _issue(context, chain, mint, to, body.usdc)
    slot, (wallet, token) = await chain.accounts_in_slot([to, account])
    return Gift(
        to=str(to),
        lamports=str(wallet.lamports if wallet else 0),
        usdc=str(tokens.token_balance(token, account).amount if token else 0),
        usdc_account=str(account),
        as_of_slot=str(slot),
    )


async def _require_local(context: ApiContext, chain: FailoverChain) -> None:
    """A node on this machine may well serve a public chain."""
    cluster = context.settings.cluster
    public = {each.genesis_hash for each in context.project.clusters.values() if each.genesis_hash}
    if cluster != LOCALNET or await chain.genesis_hash() in public:
        raise Problem(403, "no_faucet", f"there is no faucet on {cluster}: it gives worthless money on localnet only")


async def _mint(context: ApiContext, chain: FailoverChain) -> Pubkey:
    at = context.at
    config = await chain.account(at.risk_config)
    if config is None:
        raise unavailable("the programs are not configured on this chain yet: deploy them first", retry_after=60)
    mint = decode_account(RiskConfig, config, at.risk_engine, at.risk_config).mint
    if tokens.mint_authority(await chain.account(mint), mint) != development_admin().pubkey():
        raise refused("no_faucet", f"the development admin does not issue {mint}: only test USDC can be given")
    return mint


async def _issue(context: ApiContext, chain: FailoverChain, mint: Pubkey, to: Pubkey, amount: int) -> None:
    admin = development_admin()
    issuer = await chain.account(admin.pubkey())
    if issuer is None or issuer.lamports < FEES:
        await _airdrop(chain, admin.pubkey(), FEES)
    steps = [
        tokens.create_associated(admin.pubkey(), to, mint),
        tokens.mint_to(mint, tokens.associated(to, mint), admin.pubkey(), amount),
    ]
    await transactions.send_async(chain, steps, [admin], at=context.at)


async def _airdrop(chain: FailoverChain, to: Pubkey, lamports: int) -> None:
    """SOL out of the chain's own faucet; returns when it is there."""
    before = await _lamports(chain, to)
    await chain.nodes.ask("requestAirdrop", str(to), lamports)
    async with asyncio.timeout(WAIT_SECONDS):
        while await _lamports(chain, to) <= before:
            await asyncio.sleep(PAUSE_SECONDS)


async def _lamports(chain: FailoverChain, owner: Pubkey) -> int:
    account = await chain.account(owner)
    return account.lamports if account else 0
