"""The examples of docs/api.md work, and the page names every resource."""

import re
from dataclasses import fields
from typing import Any

import httpx
import msgspec
import pytest

from offchain.api.document import PATH
from offchain.api.options import ApiOptions
from offchain.api.routes import ROUTES as READS
from offchain.settings.paths import ROOT
from tests.api.conftest import Lived

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_python_example_runs(lived: Lived, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    code = next(block for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL) if "httpx" in block)
    code = code.replace("BTC-PERP", lived.id)

    class Local(httpx.Client):
        def __init__(self, base_url: str) -> None:
            super().__init__(base_url=base_url, transport=Passed(client))

    monkeypatch.setattr(httpx, "Client", Local)
    found: dict[str, Any] = {}
    exec(code, found)
    assert found["usdc"] == int(found["pool"]["pool"]["size"]) / 10**6
    assert len(found["claims"]) == lived.market.registry.claims


class Passed(httpx.BaseTransport):
    """Hands requests to the app of the test."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._client.get(request.url.raw_path.decode())
        return httpx.Response(answer.status_code, content=answer.content)


def test_the_urls_on_the_page_answer(lived: Lived, client: Any) -> None:
    urls = re.findall(r"^curl localhost:8000(\S+)", PAGE, re.MULTILINE)
    assert len(urls) == 3
    for url in urls:
        asked = url.replace("\\&", "&").replace("BTC-PERP", lived.id)
        assert client.get(asked).status_code == 200, asked


def test_every_resource_is_on_the_page() -> None:
    told = msgspec.json.decode(PATH.read_bytes())
    own = {route.operation_id for route in READS}  # type: ignore[union-attr]
    for path, item in told["paths"].items():
        if item.get("get", {}).get("operationId") in own:
            tail = "..." + path.partition("}")[2]
            assert f"`{path}`" in PAGE or f"`{tail}`" in PAGE or f"{path}`" in PAGE, path


def test_every_option_is_on_the_page() -> None:
    for field in fields(ApiOptions):
        assert f"`{field.name}`" in PAGE, field.name
