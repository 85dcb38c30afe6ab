"""`Live`: the live updates of one process, as the app puts them together.

Litestar([*live.ROUTES, ...], plugins=[ApiPlugin(...), LivePlugin(live)]), served by uvicorn with ws=LiveProtocol;
`live.run` as a duty, and `live.follow(indexer)` where the indexer runs in the same process. A process that only
indexes needs `channels_for` and `nudge_through` alone.
"""

import asyncio
from collections.abc import AsyncIterator

from litestar.channels import ChannelsPlugin
from litestar.config.app import AppConfig
from litestar.di import Provide
from litestar.plugins import InitPlugin

from offchain.api.context import ApiContext
from offchain.live import codes
from offchain.live.channels import PostgresChannels
from offchain.live.door import Door
from offchain.live.frames import PROTOCOL, Hello
from offchain.live.hub import Hub
from offchain.live.nudge import CHANNEL, Source, decode, nudge_from
from offchain.live.session import Receive, Session
from offchain.live.topics import PARAMETERS
from offchain.live.wire import Wire


class Live:
    """Hub, door and channel."""

    def __init__(self, context: ApiContext, channels: ChannelsPlugin) -> None:
        """`channels` of `channels_for(database.url)`; limits by `[live]`, sites that may connect by `[api]`."""
        settings = context.settings
        self.channels = channels
        self.origins = frozenset(origin.rstrip("/") for origin in settings.api.origins)
        self.door = Door(settings.live)
        self.hub = Hub(context, settings.live)
        self._settings = settings.live

    def follow(self, indexer: Source) -> None:
        """Let an indexer of this process send nudges; the channels have to be started before it runs."""
        nudge_through(self.channels, indexer)

    async def run(self, stop: asyncio.Event) -> None:
        """Tell clients what changes until `stop` is set; the channels have to be started before."""
        async with self.channels.start_subscription(CHANNEL) as subscriber:
            hearing = asyncio.create_task(self._hear(subscriber.iter_events()))
            try:
                await self.hub.run(stop)
            finally:
                hearing.cancel()
                await asyncio.gather(hearing, return_exceptions=True)

    def status(self) -> dict[str, object]:
        """Counts, for status page and metrics."""
        backend = self.channels._backend
        return {
            "clients": self.door.open,
            "refused": self.door.refused,
            "topics": len(self.hub.board),
            "channel_drops": backend.drops if isinstance(backend, PostgresChannels) else 0,
            **self.hub.tally.document(),
        }

    async def serve(self, wire: Wire, address: str, receive: Receive) -> None:
        """One accepted connection, until it ends."""
        refusal = self.door.enter(address)
        if refusal is not None:
            wire.close(codes.CROWDED, refusal)
            return
        session = Session(wire, self.hub, self._settings)
        self.hub.sessions.add(session)
        try:
            session.answer(self._hello())
            await session.serve(receive)
        finally:
            self.hub.leave(session)
            self.door.leave(address)

    def _hello(self) -> Hello:
        settings = self._settings
        topics = {name: list(parameters) for name, parameters in PARAMETERS.items()}
        return Hello(
            protocol=PROTOCOL,
            topics=topics,
            topics_per_client=settings.topics_per_client,
            message_bytes=settings.message_bytes,
            heartbeat_seconds=settings.heartbeat_seconds,
            idle_seconds=settings.idle_seconds,
        )

    async def _hear(self, events: AsyncIterator[bytes]) -> None:
        async for payload in events:
            self.hub.nudged(decode(payload))


def nudge_through(channels: ChannelsPlugin, indexer: Source) -> None:
    """Let an indexer send nudges; the channels have to be started before it runs."""
    nudge_from(indexer, lambda payload: channels.publish(payload, CHANNEL))


class LivePlugin(InitPlugin):
    """Gives the route its `live`, and the app its channels."""

    def __init__(self, live: Live) -> None:
        self._live = live

    def on_app_init(self, app_config: AppConfig) -> AppConfig:
        """See litestar.plugins.InitPlugin. The channels start before, and stop after, everything else of the app."""
        app_config = self._live.channels.on_app_init(app_config)
        app_config.lifespan.remove(self._live.channels)
        app_config.lifespan.insert(0, self._live.channels)
        app_config.dependencies = {**app_config.dependencies, "live": Provide(self._provide, sync_to_thread=False)}
        app_config.signature_namespace = {**app_config.signature_namespace, "Live": Live}
        return app_config

    def _provide(self) -> Live:
        return self._live
