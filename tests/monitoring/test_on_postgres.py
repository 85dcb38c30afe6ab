"""The same facts, metrics and page from PostgreSQL."""

from dataclasses import replace

from msgspec import structs

from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.indexer.projections.tables import TableProjections
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.facts.jobs import write_jobs
from offchain.monitoring.facts.kept import write_chain_facts
from offchain.monitoring.metrics.deployment import samples
from offchain.monitoring.metrics.metric import written
from offchain.monitoring.rules.all import findings
from offchain.monitoring.rules.rule import Limits
from offchain.processor.processor import Processor
from tests.indexer.conftest import caught_up
from tests.monitoring.deployment import Deployment
from tests.monitoring.rules.test_operations import well
from tests.verify.story import Story


def test_both_databases_tell_the_same(watched: Deployment, story: Story, postgres_url: str) -> None:
    trader, nonce = story.bankrupt("2", "1200", "7000")
    story.market.claim(trader, nonce)
    story.world.advance(seconds=700)
    report = well()
    write_jobs(watched.database, "here", [report])
    wanted = watched.facts()
    assert wanted.claims and wanted.chain is not None and wanted.jobs
    with open_database(postgres_url) as database:
        caught_up(watched.http, database, TableProjections(LOCALNET, story.world.parameters))
        Processor(database, story.world.parameters, 150_000_000).refresh()
        write_jobs(database, "here", [report])
        with database.session() as session:
            write_chain_facts(session, wanted.chain, story.world.now, 0)
            session.commit()
        found = gather(replace(watched.context, database=database))
    jobs = tuple(structs.replace(job, seen_ms=wanted.jobs[0].seen_ms) for job in found.jobs)
    assert replace(found, now_ms=wanted.now_ms, jobs=jobs) == wanted
    assert written(samples(found)) == written(samples(wanted))
    limits = Limits(watched.context.settings.monitoring, story.world.parameters)
    assert {rule for rule, _ in findings(found, limits)} == {"price_stale", "claim_large"}
