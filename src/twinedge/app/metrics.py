"""`/metrics` in Prometheus' format, read from the counters the rooms keep anyway."""

from collections.abc import Callable, Iterator, Mapping

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

Collect = Callable[[], Iterator[Metric]]


def gauge(name: str, help: str, value: float) -> Metric:
    """One number that goes up and down."""
    return GaugeMetricFamily(name, help, value=value)


def by_label(name: str, help: str, label: str, values: Mapping[str, float]) -> Metric:
    """One number for each value of a label."""
    family = GaugeMetricFamily(name, help, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def counter(name: str, help: str, value: float) -> Metric:
    """One number that only grows."""
    return CounterMetricFamily(name, help, value=value)


def metrics_route(collect: Collect) -> Route:
    """The route; `collect` yields the metrics at the moment of the scrape."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(_Collector(collect))

    async def scrape(_request: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Route("/metrics", scrape)


class _Collector:
    """What prometheus-client asks at each scrape."""

    def __init__(self, collect: Collect) -> None:
        self._collect = collect

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        return self._collect()
