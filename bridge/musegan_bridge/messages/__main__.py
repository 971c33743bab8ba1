"""Print `docs/osc.md`."""

from musegan_bridge.messages.reference import reference

print(reference())  # noqa: T201 # the page is what this prints
