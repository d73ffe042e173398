"""OPC UA status codes in words for a person. Pure: names come from the library's table."""

import re

from asyncua import ua

_WORDS = {
    "BadNodeIdUnknown": "the server has no node with this id",
    "BadNodeIdInvalid": "the server does not accept this node id",
    "BadAttributeIdInvalid": "this node has no value; it is a folder or an object",
    "BadNotReadable": "this node cannot be read",
    "BadUserAccessDenied": "the signed-in user may not read this node",
    "BadIndexRangeInvalid": "the value has no such array element",
    "BadIndexRangeNoData": "the value has no such array element",
    "BadSensorFailure": "the sensor has failed",
    "BadDeviceFailure": "the device has failed",
    "BadNotConnected": "the server has no connection to the device behind it",
    "BadNoCommunication": "the server has no communication with the device behind it",
    "BadCommunicationError": "the server cannot talk to the device behind it",
    "BadWaitingForInitialData": "the server is waiting for the first value of the device",
    "BadOutOfService": "the source of this value is out of service",
    "BadConfigurationError": "this node is configured wrongly in the server",
    "BadTooManyMonitoredItems": "the server does not watch any more values",
    "BadOutOfMemory": "the server is out of memory",
    "BadResourceUnavailable": "the server is out of some resource",
    "BadNotSupported": "the server does not support this",
    "BadTypeMismatch": "the value does not match the node's type",
}
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def status_name(code: int) -> str:
    """Such as BadNodeIdUnknown; the code in hex if the standard has no such code."""
    name = str(ua.StatusCode(code & 0xFFFF0000).name)
    return name if name and " " not in name else f"0x{code:08X}"


def status_words(code: int) -> str:
    """What the status says, with its name for looking it up."""
    name = status_name(code)
    words = _WORDS.get(name)
    if words is None:
        humps = _HUMP.sub(" ", name.removeprefix("Bad").removeprefix("Uncertain")).lower()
        words = f"the server reports: {humps}" if humps else "the server reports it as bad"
    return f"{words} ({name})"
