"""From what the chain holds to the steps that are missing."""

from collections.abc import Sequence

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.deploy.errors import DeployError
from offchain.deploy.expected import differences, expectations
from offchain.deploy.idl_steps import idl_steps
from offchain.deploy.markets import market_pieces
from offchain.deploy.pieces import Piece, exists, in_transactions, left_to_do
from offchain.deploy.plan import Plan, Progress, Step
from offchain.deploy.programs import program_steps
from offchain.deploy.rehearsal import rehearse
from offchain.deploy.safety import check_admin, check_chain, check_keys
from offchain.deploy.setup import config_pieces, feed_pieces, mint_pieces
from offchain.deploy.site import authority_sentence, read_sites
from offchain.deploy.target import Target
from offchain.settings.project import Profile


def make_plan(target: Target) -> Plan:
    """Everything that is missing on the chain, with its price. Nothing is sent.

    DeployError where the deployment is unsafe, impossible, or contradicts what the chain holds.
    """
    check_chain(target)
    check_keys(target)
    sites = read_sites(target)
    programs = program_steps(sites, target)
    published, notes = idl_steps(target)
    pieces = setup_pieces(target)
    missing = left_to_do(pieces, target.chain.accounts)
    check_admin(target, [piece.title for piece in missing])
    _check_present_admin(target, missing)
    notes += _look_at(target, {piece.account for piece in missing})
    notes += [
        f"{site.artifact.name} is deployed as built; {authority_sentence(site.deployed.authority)}"
        for site in sites
        if site.current and site.deployed is not None and site.deployed.authority != target.me
    ]
    steps = (*programs, *published, *_setup_steps(target, pieces, missing))
    return Plan(steps, target.priority, tuple(notes))


def setup_pieces(target: Target) -> list[Piece]:
    """The whole set-up, done or not, in its order."""
    now = target.chain.now()
    profile = profile_of(target)
    return [
        *mint_pieces(target),
        *config_pieces(target, now, profile.parameters),
        *feed_pieces(target),
        *market_pieces(target),
    ]


def profile_of(target: Target) -> Profile:
    """The one profile that all programs were built with; DeployError when they are mixed."""
    names = {artifact.profile for artifact in target.artifacts}
    if len(names) != 1:
        raise DeployError(f"the programs are of different builds ({', '.join(sorted(names))}): build them all anew")
    profile = target.project.profile(names.pop())
    seconds = target.epoch_seconds
    if seconds is not None and seconds != profile.parameters.epoch_seconds and not profile.dev:
        raise DeployError(f"epochs of a release are {profile.parameters.epoch_seconds} s: leave --epoch-seconds out")
    return profile


def _setup_steps(target: Target, pieces: Sequence[Piece], missing: Sequence[Piece]) -> list[Step]:
    if not missing:
        return []
    sizes = rehearse(target, pieces, target.chain.now())
    return [_setup_step(target, group, sizes) for group in in_transactions(missing, target.me)]


def _setup_step(target: Target, group: Sequence[Piece], sizes: dict[Pubkey, int]) -> Step:
    created = [account for piece in group for account in piece.creates]
    ahead = sum(account.lamports for account in target.chain.accounts(created) if account is not None)
    signers = [key for piece in group for key in piece.signers]

    def run(progress: Progress) -> None:
        # Somebody, or this program before it was killed, may have done a part of it since the plan was made.
        left = left_to_do(group, target.chain.accounts)
        if left:
            target.send([instruction for piece in left for instruction in piece.instructions], *signers)
        progress(1)

    return Step(
        part=group[0].part,
        title=group[0].title,
        run=run,
        signatures=len(signers),
        rent=sum(target.node.rent(sizes[account]) for account in created) - ahead,
        detail=f"{len(created)} accounts" if len(created) > 1 else str(group[0].account),
    )


def _check_present_admin(target: Target, missing: Sequence[Piece]) -> None:
    """After a handover only the next admin may go on."""
    account = target.chain.account(target.at.risk_config)
    if not missing or not exists(account):
        return
    admin = decode_account(RiskConfig, account, target.at.risk_engine, target.at.risk_config).admin
    if admin != target.me and any(piece.part == "feeds" for piece in missing):
        raise DeployError(f"the admin of the risk engine is {admin} now: only that key can open another price feed")


def _look_at(target: Target, missing: set[Pubkey]) -> list[str]:
    """What is there already must be this deployment's: DeployError where it is not, notes where it has moved on."""
    known = [
        found
        for found in expectations(target, profile_of(target).dev)
        if not missing & {found.address, *found.waits_for}
    ]
    accounts = target.chain.accounts([found.address for found in known])
    notes = []
    for expected, account in zip(known, accounts, strict=True):
        for difference in differences(expected, account, target):
            if difference.fixed:
                raise DeployError(
                    f"{difference}: another deployment stands at these addresses; correct seahorse.toml, or deploy "
                    "under new addresses from scripts/program_ids"
                )
            notes.append(f"{difference}; left as it is")
    return notes
