"""Our reader of publish responses against asyncua's own, on everything asyncua can write."""

from datetime import UTC, datetime
from typing import Any

import pytest
from asyncua import ua
from asyncua.common.utils import Buffer
from asyncua.ua.ua_binary import struct_from_binary, struct_to_binary
from hypothesis import given
from hypothesis import strategies as st

from twinedge.connectors.opcua import wire
from twinedge.kit.clock import from_datetime

VT = ua.VariantType
moments = st.integers(86_400, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def scalar(kind: Any, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return values.map(lambda value: ua.Variant(value, kind))


def integers(bits: int, signed: bool) -> st.SearchStrategy[int]:
    low = -(1 << bits - 1) if signed else 0
    return st.integers(low, low + (1 << bits) - 1)


scalars = st.one_of(
    scalar(VT.Boolean, st.booleans()),
    scalar(VT.SByte, integers(8, True)),
    scalar(VT.Byte, integers(8, False)),
    scalar(VT.Int16, integers(16, True)),
    scalar(VT.UInt16, integers(16, False)),
    scalar(VT.Int32, integers(32, True)),
    scalar(VT.UInt32, integers(32, False)),
    scalar(VT.Int64, integers(64, True)),
    scalar(VT.UInt64, integers(64, False)),
    scalar(VT.Float, st.floats(width=32, allow_nan=False)),
    scalar(VT.Double, st.floats(allow_nan=False)),
    scalar(VT.String, st.none() | st.text(max_size=20)),
    scalar(VT.DateTime, moments),
    scalar(VT.Guid, st.uuids()),
    scalar(VT.ByteString, st.binary(max_size=10)),
    scalar(VT.LocalizedText, st.text(max_size=5).map(ua.LocalizedText)),
    scalar(VT.Double, st.lists(st.floats(allow_nan=False), min_size=1, max_size=4)),
    st.just(ua.Variant(None, VT.Null)),
)
data_values = st.builds(
    ua.DataValue,
    Value=scalars,
    StatusCode=st.sampled_from([0, 0x40900000, 0x80340000, 0x00960000]).map(ua.StatusCode),
    SourceTimestamp=st.none() | moments,
    ServerTimestamp=st.none() | moments,
    ServerPicoseconds=st.none() | st.integers(0, 9999),
)
items = st.lists(st.tuples(st.integers(0, 0xFFFFFFFF), data_values), max_size=8)


def response(notifications: list[Any], subscription: int = 7, sequence: int = 9) -> Any:
    answer = ua.PublishResponse()
    answer.Parameters.SubscriptionId = subscription
    answer.Parameters.AvailableSequenceNumbers = [1, 2, sequence]
    answer.Parameters.NotificationMessage.SequenceNumber = sequence
    answer.Parameters.NotificationMessage.PublishTime = datetime.now(UTC)
    answer.Parameters.NotificationMessage.NotificationData = notifications
    return answer


def data_change(pairs: list[tuple[int, Any]]) -> Any:
    return ua.DataChangeNotification(
        MonitoredItems=[ua.MonitoredItemNotification(ClientHandle=h, Value=v) for h, v in pairs]
    )


def micros(moment: datetime | None) -> int:
    return 0 if moment is None else from_datetime(moment)


class TestPublication:
    @given(items)
    def test_reads_what_asyncua_reads(self, pairs: list[tuple[int, Any]]) -> None:
        data = struct_to_binary(response([data_change(pairs)]))
        theirs = struct_from_binary(ua.PublishResponse, Buffer(data))
        expected = theirs.Parameters.NotificationMessage.NotificationData[0].MonitoredItems or []
        ours = wire.publication(data)
        assert (ours.subscription, ours.sequence, ours.is_keep_alive) == (7, 9, False)
        assert ours.handle == [it.ClientHandle for it in expected]
        assert ours.value == [it.Value.Value.Value if it.Value.Value else None for it in expected]
        assert ours.code == [it.Value.StatusCode.value for it in expected]
        assert ours.source_us == [micros(it.Value.SourceTimestamp) for it in expected]
        assert ours.server_us == [micros(it.Value.ServerTimestamp) for it in expected]

    def test_picoseconds_stand_behind_their_time(self) -> None:
        """Bytes from open62541; asyncua 2.1 reads the picoseconds behind both times."""
        value = bytes.fromhex("1d0b000000000000f83f0a803ed5deb19d01050014803ed5deb19d01")
        body = bytes.fromhex("01000000 01000000") + value + bytes(4)
        notification = (
            bytes.fromhex("01000000 01002b03 01") + len(body).to_bytes(4, "little") + body
        )
        data = struct_to_binary(response([]))
        ours = wire.publication(data[:-12] + notification + data[-8:])
        assert (ours.value, ours.source_us, ours.server_us) == ([1.5], [1], [2])

    def test_a_keep_alive_has_no_values(self) -> None:
        ours = wire.publication(struct_to_binary(response([])))
        assert ours.is_keep_alive
        assert ours.handle == []

    def test_the_end_of_a_subscription_is_told(self) -> None:
        ended = ua.StatusChangeNotification(Status=ua.StatusCode(ua.StatusCodes.BadTimeout))
        ours = wire.publication(struct_to_binary(response([ended])))
        assert ours.ended == ua.StatusCodes.BadTimeout

    def test_an_unknown_notification_is_skipped(self) -> None:
        change = data_change([(3, ua.DataValue(ua.Variant(1.5, VT.Double)))])
        ours = wire.publication(struct_to_binary(response([ua.EventNotificationList(), change])))
        assert ours.handle == [3]

    def test_diagnostics_in_the_header_are_skipped(self) -> None:
        answer = response([data_change([(3, ua.DataValue(ua.Variant(1.5, VT.Double)))])])
        answer.ResponseHeader.StringTable = ["a", "bc"]
        answer.ResponseHeader.ServiceDiagnostics = ua.DiagnosticInfo(
            SymbolicId=1, AdditionalInfo="x", InnerStatusCode=ua.StatusCode(0)
        )
        assert wire.publication(struct_to_binary(answer)).value == [1.5]

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, data: bytes) -> None:
        try:
            wire.publication(data)
        except wire.Garbled:
            return

    @given(items, st.data())
    def test_cut_or_flipped_responses_are_read_or_refused(
        self, pairs: list[tuple[int, Any]], draw: st.DataObject
    ) -> None:
        data = bytearray(struct_to_binary(response([data_change(pairs)])))
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at] = draw.draw(st.integers(0, 255))
        end = draw.draw(st.integers(0, len(data)))
        try:
            wire.publication(bytes(data[:end]))
        except wire.Garbled:
            return

    def test_a_fault_is_no_publication(self) -> None:
        with pytest.raises(wire.Garbled):
            wire.publication(struct_to_binary(ua.ServiceFault()))
