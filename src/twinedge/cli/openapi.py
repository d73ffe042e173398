"""`twinedge openapi`: the API's description, without starting anything."""

import asyncio
import tempfile
from pathlib import Path

import typer

app = typer.Typer(help="Print the OpenAPI document.")


@app.callback(invoke_without_command=True)
def openapi() -> None:
    """Print the OpenAPI document as JSON; no engine starts and nothing is kept."""
    import httpx

    from twinedge.app.instance import Instance
    from twinedge.config import Settings

    async def ask(folder: Path) -> str:
        instance = Instance(Settings(data_dir=folder, database_url=None), lambda _key: None)
        try:
            transport = httpx.ASGITransport(app=instance.web)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as web:
                return (await web.get("/v1/openapi.json")).raise_for_status().text
        finally:
            instance.db.close()

    with tempfile.TemporaryDirectory() as folder:
        typer.echo(asyncio.run(ask(Path(folder))))
