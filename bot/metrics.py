"""Counts for Prometheus: how many, how long, of what kind. Never who, never what she said.

Rule: a label has a handful of values known beforehand (channel, rule, state). A topic is none: how
often each is opened is counted by week, where small numbers are not shown.
"""

from collections import Counter as Counts
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from time import perf_counter
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Alive(Protocol):
    """An announcement, as far as it is counted."""

    @property
    def state(self) -> str: ...


Ends = Iterable[tuple[tuple[str, str], int]]  # (channel, state) -> messages that came to that end
Depths = Mapping[str, int]  # channel -> messages


class Metrics:
    """`ends`, `queued` and `in_flight` are asked when somebody looks, not before."""

    def __init__(
        self,
        *,
        ends: Callable[[], Ends] = tuple,
        queued: Callable[[], Depths] = dict,
        in_flight: Callable[[], Depths] = dict,
    ) -> None:
        # Without the instant at which a rule answered for the first time: that is one woman's.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self.registry.register(_Outbox(ends, queued, in_flight))
        self._received = Counter(
            "willaq_received",
            "Messages of women, by the rule that answered them.",
            ("channel", "rule"),
            registry=self.registry,
        )
        self._kept = Histogram(
            "willaq_answer_seconds",
            "From the arrival of a message until its answer is kept.",
            ("channel",),
            buckets=SECONDS,
            registry=self.registry,
        )
        # Asking the library for a label's own counter costs more than counting.
        self._received_by = lru_cache(512)(self._received.labels)
        self._kept_on = lru_cache(16)(self._kept.labels)

    def follow(self, alive: Callable[[], Iterable[Alive]]) -> None:
        """Also tell how many announcements are in which state."""
        self.registry.register(_Announcements(alive))

    def received(self, channel: str, rule: str, started: float) -> None:
        """Answered and kept; it arrived at `started` (time.perf_counter())."""
        self._received_by(channel, rule).inc()
        self._kept_on(channel).observe(perf_counter() - started)


class _Announcements(Collector):
    def __init__(self, alive: Callable[[], Iterable[Alive]]) -> None:
        self._alive = alive

    def collect(self) -> Iterator[Metric]:
        gauge = GaugeMetricFamily(
            "willaq_announcements", "Announcements that are not over.", labels=("state",)
        )
        for state, count in Counts(each.state for each in self._alive()).items():
            gauge.add_metric((state,), count)
        yield gauge


class _Outbox(Collector):
    def __init__(
        self, ends: Callable[[], Ends], queued: Callable[[], Depths], flying: Callable[[], Depths]
    ) -> None:
        self._ends = ends
        self._depths = (
            ("willaq_queued", "Messages this process holds that have not left yet.", queued),
            ("willaq_in_flight", "Messages on their way to a platform now.", flying),
        )

    def collect(self) -> Iterator[Metric]:
        sent = CounterMetricFamily(
            "willaq_sent", "Tries to send, by what became of them.", labels=("channel", "state")
        )
        for labels, count in self._ends():
            sent.add_metric(labels, count)
        yield sent
        for name, about, depths in self._depths:
            gauge = GaugeMetricFamily(name, about, labels=("channel",))
            for channel, count in depths().items():
                gauge.add_metric((channel,), count)
            yield gauge
