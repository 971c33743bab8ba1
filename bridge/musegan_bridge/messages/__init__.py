"""The message table, the only source of the OSC interface: parsing, ranges, help. It must not know sockets or time."""

from musegan_bridge.messages.controls import ANTICIPATE, CLOCKS, CONTROLS, LISTENING, PREVIOUS_BAR, SAME_BAR, Control
from musegan_bridge.messages.fields import TRACK, Field, Message, MessageError, Spec, Value
from musegan_bridge.messages.incoming import FORMS, INCOMING, MAX_SEED
from musegan_bridge.messages.sent import OUTGOING
from musegan_bridge.messages.table import (
    BY_ADDRESS,
    PREFIX,
    PROTOCOL,
    find,
    help_entries,
    is_continuous,
    parse,
    types_of,
)

__all__ = [
    "ANTICIPATE",
    "BY_ADDRESS", "CLOCKS", "CONTROLS", "FORMS", "INCOMING", "LISTENING", "MAX_SEED", "OUTGOING", "PREFIX",
    "PREVIOUS_BAR", "PROTOCOL", "SAME_BAR", "TRACK", "Control", "Field", "Message", "MessageError", "Spec", "Value",
    "find", "help_entries", "is_continuous", "parse", "types_of",
]  # fmt: skip
