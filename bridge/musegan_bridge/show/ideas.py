"""Which z a bar is made from, phrase by phrase; it must not know the model's networks, clients or time."""

from __future__ import annotations

import functools
import zlib
from dataclasses import dataclass, field, replace

import numpy as np

from musegan_bridge.form import FREE, place_in
from musegan_bridge.messages import MAX_SEED
from musegan_bridge.show.latent import Z, chosen, mixed, near, scaled, temporal_of, wandered, z_from_latents
from musegan_models.model import draw_latents
from musegan_models.notes import FloatArray
from musegan_models.spec import ModelSpec

_PRIVATE = MAX_SEED  # the index that no phrase reaches
_VARIED = 1  # what comes back a little different is drawn with it


@dataclass(frozen=True, slots=True)
class Idea:
    """What one bar is drawn from."""

    measure: int  # place in its phrase, from 0
    seed: int  # of the phrase: shared, shared_temporal and private_temporal z
    private_seed: int  # of the private z, each track's own style, which outlasts the phrase
    after_silence: bool = False  # the first bar of a section, or of what was asked for by seed: it hears no bar before
    part: str = field(default="", compare=False)  # its phrase in the form, as chorus B; empty: it is free
    z: Z = field(default=(), compare=False, repr=False)  # what came of the seeds, and of all that moved it
    plain_z: Z = field(default=(), compare=False, repr=False)  # the same before its temperature
    drafts: tuple[Z, ...] = field(default=(), compare=False, repr=False)  # z of the alternative drafts


@dataclass(frozen=True, slots=True)
class Lead:
    """A musician whose own form the band follows."""

    again: int | None = None  # seed of the phrase in which they played what they are expected to play now; None: new


@dataclass(frozen=True, slots=True)
class Bearing:
    """What of the controls a new idea takes."""

    hold: bool = False
    temperatures: tuple[float, ...] = ()  # of each group; empty: 1
    walks: tuple[float, ...] = ()  # radians a bar, of each group; empty: 0
    form: str = FREE
    variation: float = 0.0  # of a phrase that comes back: 0: none; 1: it is new
    drafts: int = 1  # of each bar
    lead: Lead | None = None  # whom a phrase that begins follows; None: the form


PLAIN = Bearing()


@dataclass(frozen=True, slots=True, eq=False)
class Morph:
    """A way from one z to another."""

    start: Z
    end: Z
    groups: tuple[int, ...]
    bars: int
    done: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A z that can be come back to: a phrase of the past, a section, a snapshot."""

    seed: int
    private_seed: int
    z: Z


@dataclass(frozen=True, slots=True, eq=False)
class Ideas:
    """Where the ideas of a show are: `next` returns the idea of the next bar, and where they are after it.

    A phrase that is new in its form draws new shared and temporal z; one that comes back has those that it had, or some
    near them. The private z stay until `renewed`. The first phrase has the seed of the show itself: the seed of any bar
    brings its phrase back.
    """

    spec: ModelSpec
    seed: int  # of the phrases since the last renewal
    private_seed: int
    after_silence: bool = True  # the first phrase since then begins after silence
    phrase: int = -1
    form: str = FREE
    form_begins: int = 0  # with which phrase
    phrase_seed: int = 0  # of the phrase that plays
    part: str = ""  # of the form
    measure: int = -1  # -1: the next bar is the first of a phrase
    renewals: int = 0
    bars: int = 0  # all that there were
    own_seeds: tuple[tuple[int, int], ...] = ()  # (track, seed) of the private z that were drawn anew, track by track
    coming: Kept | None = None  # for the next phrase, in the place of a drawn one
    stays: tuple[tuple[int, FloatArray], ...] = ()  # (group, z) that phrases do not redraw: sections, pad, morphs
    by_hand: frozenset[int] = frozenset()  # groups whose z a musician chose, value by value: nothing else is drafted
    morph: Morph | None = None
    z: Z = ()  # of the last bar, before its temperature
    at: Kept | None = None  # what the phrase was begun with, when it was not drawn

    @classmethod
    def begin(cls, spec: ModelSpec, seed: int) -> Ideas:
        """Return where a show of this seed begins."""
        return cls(spec, seed, derive(seed, _PRIVATE))

    @property
    def bars_left(self) -> int:
        """How many bars of the phrase are still to come."""
        return 0 if self.measure == -1 else self.spec.n_measures - 1 - self.measure

    # Changes; each returns the ideas as they are from the next bar on

    def renewed(self, seed: int | None = None, private_seed: int | None = None) -> Ideas:
        """Begin anew at the next bar: from `seed`, as a show of that seed begins, or from one not used yet.

        A phrase of a given `seed` begins after silence, so that its notes do not depend on what played before. With the
        `private_seed` of a bar as well, it is the phrase of that bar, as it is after silence.
        """
        renewals = self.renewals + (seed is None)
        drawn = derive(self.seed, _PRIVATE - renewals) if seed is None else seed
        private = derive(drawn, _PRIVATE) if private_seed is None else private_seed
        return replace(
            self, seed=drawn, private_seed=private, after_silence=seed is not None, phrase=-1, measure=-1,
            form_begins=0, renewals=renewals, own_seeds=(), coming=None, at=None,
        )  # fmt: skip

    def new_phrase(self) -> Ideas:
        """Let the next bar be the first of the next phrase."""
        return replace(self, measure=-1)

    def track_renewed(self, track: int, seed: int | None = None) -> Ideas:
        """Draw the private z of one track anew."""
        before = dict(self.own_seeds).get(track, self.private_seed)
        drawn = derive(before, self.bars + _PRIVATE // 2 + track) if seed is None else seed
        own = tuple(pair for pair in self.own_seeds if pair[0] != track)
        ideas = replace(self, own_seeds=(*own, (track, drawn)))
        if not self.z:
            return ideas
        fresh = ideas._draw(self.seed, self.private_seed)
        sizes = self.spec.latent.private
        z = list(self.z)
        z[1 + track] = np.concatenate([fresh[1 + track][:sizes], z[1 + track][sizes:]])
        return replace(ideas, z=tuple(z))

    def gone_to(self, kept: Kept) -> Ideas:
        """Begin the next bar with what was kept."""
        return replace(self, coming=kept, measure=-1, morph=None)

    def staying(self, z: Z, groups: tuple[int, ...], *, by_hand: bool = False) -> Ideas:
        """Keep groups of z at these values, phrase after phrase, from the next bar on."""
        stays = tuple(pair for pair in self.stays if pair[0] not in groups)
        now = chosen(groups, self.z, z) if self.z else ()
        hands = self.by_hand | set(groups) if by_hand else self.by_hand - set(groups)
        return replace(self, stays=(*stays, *((i, z[i]) for i in groups)), z=now, by_hand=hands)

    def freed(self) -> Ideas:
        """Let phrases draw all z again."""
        return replace(self, stays=(), morph=None, by_hand=frozenset())

    def morphing(self, start: Z, end: Z, groups: tuple[int, ...], bars: int) -> Ideas:
        """Move from one z to another over the next `bars`, and stay there."""
        return replace(self, morph=Morph(start, end, groups, bars), by_hand=self.by_hand | set(groups))

    def with_z(self, z: Z) -> Ideas:
        """Let the phrase go on with other z, until the next one is drawn."""
        changed = {i for i, own in enumerate(z) if not self.z or not np.array_equal(own, self.z[i])}
        return replace(self, z=z, by_hand=self.by_hand | changed)

    # The next bar

    def next(self, bearing: Bearing = PLAIN) -> tuple[Idea, Ideas]:
        """Return the idea of the next bar, and where the ideas are after it."""
        begins = self.measure in (-1, self.spec.n_measures - 1)
        phrase, measure = self.phrase, 0 if begins else self.measure + 1
        z, at, coming = self.z, self.at, self.coming
        form, form_begins, phrase_seed, part = self.form, self.form_begins, self.phrase_seed, self.part
        begins_section = False
        if begins and (self.measure == -1 or not bearing.hold or not z):
            phrase, at, coming = phrase + 1, coming, None
            if (wanted := self._form_of(bearing)) != form:
                form, form_begins = wanted, phrase
            place = place_in(form or FREE, phrase - form_begins)
            origin, begins_section, part = form_begins + place.origin, place.begins_section, place.name
            again = bearing.lead.again if bearing.lead else None
            phrase_seed = self._seed_of(origin) if again is None else again
            z = self._begun(phrase, origin != phrase or again is not None, phrase_seed, at, bearing)
        seed = at.seed if at else phrase_seed
        private_seed = at.private_seed if at else self.private_seed
        after_silence = begins_section and at is None and (phrase > 0 or self.after_silence)
        morph, stays, by_hand = self.morph, self.stays, self.by_hand
        if phrase != self.phrase:  # what was set in the phrase before is gone
            by_hand &= {i for i, _ in stays} | set(morph.groups if morph else ())
        if bearing.walks and any(bearing.walks):
            rng = np.random.default_rng((self.private_seed, self.bars))
            z = wandered(z, bearing.walks, self.spec, rng)
        if morph is not None:
            morph = replace(morph, done=morph.done + 1)
            on_way = mixed(morph.start, morph.end, morph.done / morph.bars)
            z = chosen(morph.groups, z, on_way)
            if morph.done == morph.bars:
                stays = (*(s for s in stays if s[0] not in morph.groups), *((i, z[i]) for i in morph.groups))
                morph = None
        heard = scaled(z, bearing.temperatures) if bearing.temperatures else z
        others = self._drafts(z, measure, by_hand, bearing)
        idea = Idea(measure, seed, private_seed, after_silence, part if at is None else "", heard, z, others)
        return idea, replace(
            self,
            phrase=phrase,
            form=form,
            form_begins=form_begins,
            phrase_seed=phrase_seed,
            part=part,
            measure=measure,
            bars=self.bars + 1,
            coming=coming,
            at=at,
            z=z,
            morph=morph,
            stays=stays,
            by_hand=by_hand,
        )

    def _form_of(self, bearing: Bearing) -> str:
        """Return the form that plays, empty: that of a musician."""
        if self.spec.n_measures == 1:  # nobody would hear a phrase of one bar come back
            return FREE
        return "" if bearing.lead else bearing.form

    def _seed_of(self, phrase: int) -> int:
        return derive(self.seed, phrase) if phrase else self.seed

    def _begun(self, phrase: int, comes_back: bool, seed: int, at: Kept | None, bearing: Bearing) -> Z:
        """Return the z of a phrase that begins."""
        z = at.z if at else self._draw(seed, self.private_seed)
        if at is None:
            if comes_back and bearing.variation:
                seed = derive(self._seed_of(phrase), _PRIVATE - _VARIED)
                z = near(z, self._draw(seed, derive(seed, _PRIVATE)), 1 - bearing.variation)
            kept = dict(self.stays)
            z = tuple(kept.get(i, own) for i, own in enumerate(z))
        if self.z and at is None and phrase > 0:  # what wanders is not drawn anew, unless it was asked for
            z = chosen(tuple(i for i, angle in enumerate(bearing.walks) if angle), z, self.z)
        return z

    def _drafts(self, z: Z, measure: int, by_hand: frozenset[int], bearing: Bearing) -> tuple[Z, ...]:
        """Return other z for a bar: other temporal ones, but where a musician chose z, or lets them wander.

        They follow from the z themselves, so that whatever brings those back brings back the same drafts.
        """
        if bearing.drafts == 1:
            return ()
        fixed = by_hand | {i for i, angle in enumerate(bearing.walks) if angle}
        free = tuple(i for i in range(len(z)) if i not in fixed)
        rng = np.random.default_rng((zlib.crc32(b"".join(own.tobytes() for own in z)), measure))
        found = list[Z]()
        for _ in range(bearing.drafts - 1):
            drawn = z_from_latents(draw_latents(self.spec, rng))
            other = chosen(free, z, temporal_of(drawn, z, self.spec))
            found.append(scaled(other, bearing.temperatures) if bearing.temperatures else other)
        return tuple(found)

    def _draw(self, seed: int, private_seed: int) -> Z:
        spec = self.spec
        latents = draw_latents(spec, np.random.default_rng(seed))
        private = draw_latents(spec, np.random.default_rng(private_seed)).private
        for track, own in self.own_seeds:
            private[:, track] = draw_latents(spec, np.random.default_rng(own)).private[:, track]
        return z_from_latents(replace(latents, private=private))


@functools.lru_cache(1024)  # each bar asks for the seed of its phrase
def derive(seed: int, index: int) -> int:
    """Return the `index`-th seed of `seed`, 0..2^31-1; different indices give independent ones.

    >>> derive(7, 0) == derive(7, 0), derive(7, 0) == derive(7, 1)
    (True, False)
    """
    return int(np.random.SeedSequence((seed, index)).generate_state(1)[0]) & MAX_SEED
