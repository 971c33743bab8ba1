"""Seeds, phrases and sections."""

from __future__ import annotations

from musegan_bridge.ideas import SECTION, Ideas


def test_every_section_begins_after_silence_and_nothing_else_does() -> None:
    ideas = Ideas(1, 4)
    made = [ideas.next() for _ in range(4 * SECTION * 3)]
    assert [i for i, idea in enumerate(made) if idea.after_silence] == [0, 4 * SECTION, 8 * SECTION]


def test_what_is_asked_for_by_its_seed_begins_a_section() -> None:
    ideas = Ideas(1, 4)
    for _ in range(6):
        ideas.next()
    ideas.renew(123, 456)
    made = [ideas.next() for _ in range(4 * SECTION + 1)]
    assert [i for i, idea in enumerate(made) if idea.after_silence] == [0, 4 * SECTION]
    assert (made[0].seed, made[0].private_seed) == (123, 456)
