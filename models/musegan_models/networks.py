"""The generator of every preset, in torch; it must not know data sets, losses or files.

Axes: N phrases or bars, B bars of a phrase, planes, M tracks, T steps, P pitches. Inside, as `blocks` has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from musegan_models.apart import Rows, grow, shrink
from musegan_models.apart import join as join_rows
from musegan_models.blocks import Chain, Conv, TransposedConv, initialize, join, nets_are_apart, split_axis
from musegan_models.chords import N_CHORD
from musegan_models.refiner import Refiner, fire
from musegan_models.spec import BEATS_PER_MEASURE, OCTAVE, ModelSpec
from musegan_models.tables import EncoderRow, GeneratorTable, Layers, Preset

MOST_LEVEL = 6.0  # logits
_MOST_EXCESS = 3.0  # of a phrase's density over that of the data, in one step of the levels

_PRIVATE_FEATURE = 5
"""Axes of a feature of which each track has its own."""


def draw_z(
    spec: ModelSpec, n: int, device: torch.device | str = "cpu", generator: torch.Generator | None = None
) -> dict[str, Tensor]:
    """Draw every z the model has: shared ones (N, d), private ones (N, M, d), by their names in `LatentSizes`."""
    drawn = {}
    for name in ("shared", "shared_temporal", "private", "private_temporal"):
        size = getattr(spec.latent, name)
        if not size:
            continue
        shape = (n, spec.n_tracks, size) if name.startswith("private") else (n, size)
        z = torch.randn(shape, device=device, generator=generator)
        if spec.z_limit is not None:
            while (outside := z.abs() > spec.z_limit).any():
                z = torch.where(outside, torch.randn(shape, device=device, generator=generator), z)
        drawn[name] = z * spec.z_std
    return drawn


def chroma_of_beats(cells: Tensor) -> Tensor:
    """Return for how many steps of each beat each pitch class sounds, (..., T, P) -> (..., 4, 12)."""
    t, p = cells.shape[-2:]
    beats = cells.reshape(*cells.shape[:-2], BEATS_PER_MEASURE, t // BEATS_PER_MEASURE, p // OCTAVE, OCTAVE)
    return beats.sum(dim=(-3, -2))


class TemporalGenerators(nn.Module):
    """G_temp, the shared one and one for each track: a vector becomes one for each bar (AAAI paper, eq. 4 and 7).

    A z without layers is cut into equal parts, one for each bar: nothing then joins the bars (MidiNet).
    """

    def __init__(self, spec: ModelSpec, table: GeneratorTable) -> None:
        super().__init__()
        self.n_measures = spec.n_measures
        self.phrase_encoder: Chain | None = None
        widths = {}
        if table.phrase_encoder is not None:
            self.phrase_encoder = Chain(1, table.encoder[-1].layer.channels, (table.phrase_encoder,), Conv)
            widths["phrase"] = self.phrase_encoder.channels
        size, private = spec.latent.shared_temporal, spec.latent.private_temporal
        self.shared = Chain(1, size, table.shared_temporal, TransposedConv, widths) if table.shared_temporal else None
        self.private = (
            Chain(spec.n_tracks, private, table.private_temporal, TransposedConv) if table.private_temporal else None
        )
        self.shared_size = self.shared.channels if self.shared else size // spec.n_measures
        self.private_size = self.private.channels if self.private else private // spec.n_measures

    def forward(
        self,
        shared_temporal: Tensor | None = None,
        private_temporal: Tensor | None = None,
        condition_bars: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """(N, d), (N, M, d), (N, B, c) -> `shared_bars` (N, B, d'), `private_bars` (N, M, B, d'): what there is."""
        bars = {}
        if shared_temporal is not None:
            x = shared_temporal[None, :, None, None, None]
            features = {}
            if self.phrase_encoder is not None:
                assert condition_bars is not None
                features["phrase"] = self.phrase_encoder(condition_bars[None, :, :, None, None])
            bars["shared_bars"] = (
                self.shared(x, features)[0, :, :, 0, 0]
                if self.shared
                else split_axis(shared_temporal, 1, (self.n_measures, -1))
            )
        if private_temporal is not None:
            x = private_temporal.transpose(0, 1)[:, :, None, None, None]
            bars["private_bars"] = (
                self.private(x)[:, :, :, 0, 0].transpose(0, 1)
                if self.private
                else split_axis(private_temporal, 2, (self.n_measures, -1))
            )
        return bars


class Levels(nn.Module):
    """From which logit on a cell is a note, for each track and plane: it depends on who else plays.

    A generator's output is surer of itself beside one player than beside another; at one threshold a track would be
    silent here and crowded there. `value` are logits (1 + M, planes, M): of a band alone, and what is added for each
    track that is given. They follow the data: `density` (planes, M) is the share of cells that sound there, of which
    that of the onsets is kept; `lasting` (M,) is the share of notes that last two steps or more, the mean over bars.
    """

    def __init__(self, spec: ModelSpec) -> None:
        super().__init__()
        self.value: Tensor
        self.density: Tensor
        self.lasting: Tensor
        self.register_buffer("value", torch.zeros(1 + spec.n_tracks, spec.n_planes, spec.n_tracks))
        self.register_buffer("density", torch.full((spec.n_planes, spec.n_tracks), 0.5))
        self.register_buffer("lasting", torch.full((spec.n_tracks,), 0.5))

    def forward(self, given: Tensor) -> Tensor:
        """(N, M) -> (N, M, planes)."""
        _, planes, m = self.value.shape
        added = torch.matmul(given, self.value[1:].flatten(1))
        return (self.value[0].flatten() + added).reshape(-1, planes, m).transpose(1, 2)

    @torch.no_grad()
    def follow(self, probability: Tensor, given: Tensor, others: Tensor, rate: float) -> None:
        """Move towards where each track plays as many and as long notes as the data, in any company.

        After Robbins and Monro (1951). `probability`: phrases (N, B, planes, M, T, P), not levelled; `given` (N, M),
        and `others`: all tracks that are not the generator's. `rate`: logits for a track with twice as many notes, or
        twice as many that last.
        """
        level = self(given).transpose(1, 2)  # (N, planes, M)
        sounds = torch.logit(probability, eps=1e-6) > level[:, None, :, :, None, None]
        onset = sounds[:, :, 0]
        density = onset.float().mean(dim=(1, 3, 4))  # (N, M)
        excess = [(density / self.density[0] - 1).clamp(max=_MOST_EXCESS)]
        if sounds.shape[2] > 1:
            lasting, has_notes = share_of_lasting(onset, sounds[:, :, 1])
            excess.append(((lasting / self.lasting.clamp(min=1e-3) - 1) * has_notes).mean(dim=1))
        moved = torch.stack(excess, dim=1) * (1 - others[:, None])
        self.value[0] += rate * moved.mean(dim=0)
        each = torch.einsum("nk,npm->kpm", given, moved) / given.sum(dim=0).clamp(min=1)[:, None, None]
        self.value[1:] += rate * each
        self.value.clamp_(-MOST_LEVEL, MOST_LEVEL)


def share_of_lasting(onset: Tensor, sustain: Tensor) -> tuple[Tensor, Tensor]:
    """Return the share of notes of bars that last two steps or more, and whether there are notes, (N, B, M).

    `onset`, `sustain`: bool (N, B, M, T, P).
    """
    notes = onset.sum(dim=(3, 4))
    goes_on = onset[..., :-1, :] & sustain[..., 1:, :] & ~onset[..., 1:, :]
    return goes_on.sum(dim=(3, 4)) / notes.clamp(min=1), notes > 0


class BarEncoder(nn.Module):
    """E of the AAAI paper (sec. 3.3), or MidiNet's conditioner: what a bar tells, at every scale of the generator.

    The paper's E hears one fixed track. Where any subset may be the condition, its input is all tracks at once, silent
    where one is not given, and which are given. The features of a private row have an axis of the tracks.
    """

    def __init__(self, spec: ModelSpec, rows: Sequence[EncoderRow], phrase_feature: bool) -> None:
        super().__init__()
        self.rows, self.phrase_feature = tuple(rows), phrase_feature
        self.track = None if spec.condition_track is None else spec.track_names.index(spec.condition_track)
        heard = spec.n_tracks if self.track is None else 1
        self.widths = {"condition": heard * spec.n_planes, "previous": spec.n_tracks * spec.n_planes}
        chroma = spec.n_tracks * OCTAVE
        self.widths |= {
            "condition_chroma": chroma,
            "previous_chroma": chroma,
            "given": spec.n_tracks,
            "own": spec.n_planes,
        }
        self.levels = Levels(spec) if spec.continues else None
        self._hears_chroma = any(name.endswith("_chroma") for row in self.rows for name in row.inputs)
        self.layers = nn.ModuleDict()
        for row in self.rows:
            n_nets = spec.n_tracks if row.is_private else 1
            self.layers[row.name] = Conv(n_nets, sum(self.widths[name] for name in row.inputs), row.layer)
            self.widths[row.name] = row.layer.channels

    def forward(
        self,
        condition: Tensor | None = None,
        given: Tensor | None = None,
        previous: Tensor | None = None,
    ) -> dict[str, Tensor]:
        """(N, planes, M, T, P), (N, M), (N, planes, M, T, P) -> features (N, T', P', C) or (N, M, T', P', C).

        With a phrase encoder, `condition_bar` (N, C) is what it wants to know of each bar.
        """
        if nets_are_apart():
            return self._apart(condition, given, previous)
        known: dict[str, Tensor] = {}
        if condition is not None:
            heard = condition if self.track is None else condition[:, :, self.track : self.track + 1]
            known["condition"] = _channels_last(heard)
            if self._hears_chroma:
                known["condition_chroma"] = _chroma(condition)
        if given is not None:
            known["given"] = given[None, :, None, None, None]
        if previous is not None:
            known["previous"] = _channels_last(previous)
            if self._hears_chroma:
                known["previous_chroma"] = _chroma(previous)
            known["own"] = previous.permute(2, 0, 3, 4, 1).unsqueeze(2)
        features = {}
        for row in self.rows:
            known[row.name] = self.layers[row.name](join(known[row.inputs[0]], known, row.inputs[1:]))
            features[row.name] = (
                known[row.name][:, :, 0].transpose(0, 1) if row.is_private else known[row.name][0, :, 0]
            )
        return self._with_others(features, given)

    def _apart(self, condition: Tensor | None, given: Tensor | None, previous: Tensor | None) -> dict[str, Tensor]:
        """Return the same, as it is exported: see `apart`."""
        known: dict[str, Rows] = {}
        for name, roll in (("condition", condition), ("previous", previous)):
            if roll is None:
                continue
            size, cells = (roll.shape[3], roll.shape[4]), roll.transpose(1, 2).flatten(3)  # (N, M, planes, T * P)
            heard = cells if name == "previous" or self.track is None else cells[:, self.track : self.track + 1]
            known[name] = Rows((heard.flatten(1, 2).transpose(1, 2).flatten(0, 1),), size)
            if self._hears_chroma:
                known[f"{name}_chroma"] = Rows((_chroma(roll).flatten(0, 4),), (BEATS_PER_MEASURE, 1))
            if name == "previous":
                known["own"] = Rows.split(cells.transpose(2, 3).reshape(-1, len(cells[0]), *size, cells.shape[2]))
        if given is not None:
            known["given"] = Rows((given,), (1, 1))
        features: dict[str, Tensor] = {}
        for row in self.rows:
            layer = self.layers[row.name]
            assert isinstance(layer, Conv)
            made = shrink(layer, join_rows([known[name] for name in row.inputs]))
            known[row.name], features[row.name] = made, made.joined() if row.is_private else made.joined().squeeze(1)
        return self._with_others(features, given)

    def _with_others(self, features: dict[str, Tensor], given: Tensor | None) -> dict[str, Tensor]:
        if self.levels is not None and given is not None:
            features["level"] = self.levels(given)
        if self.phrase_feature:
            features["condition_bar"] = features[self.rows[-1].name][:, 0, 0]
        return features


class BarGenerator(nn.Module):
    """G_bar: codes of a bar become its pianoroll, for all tracks that the model plays."""

    def __init__(
        self,
        spec: ModelSpec,
        table: GeneratorTable,
        sizes: tuple[int, int],  # of the shared and the private code of a bar
        widths: dict[str, int],
    ) -> None:
        super().__init__()
        self.spec, self.table = spec, table
        self.silent = None if spec.condition_track is None else spec.track_names.index(spec.condition_track)
        self.played = [i for i in range(spec.n_tracks) if i != self.silent]
        n_trunks = len(self.played) if table.trunk_is_private else 1
        n_nets = len(self.played) if table.branches_are_private else 1
        outputs = spec.n_planes * (1 if table.branches_are_private else len(self.played))
        latent = spec.latent
        code = latent.shared + sizes[0] + latent.private + sizes[1]
        self.trunk = Chain(n_trunks, code, table.trunk, TransposedConv, widths)

        def branch(rows: Layers) -> Chain:
            last = rows[-1]
            rows = (*rows[:-1], replace(last, channels=last.channels or outputs))
            return Chain(n_nets, self.trunk.channels, rows, TransposedConv, widths)

        self.branches = nn.ModuleList(branch(rows) for rows in table.branches)
        self.merge: TransposedConv | None = None
        if table.merge is not None:
            joined = sum(b.channels for b in self.branches if isinstance(b, Chain))
            self.merge = TransposedConv(n_nets, joined, replace(table.merge, channels=outputs))
        self.refiner = Refiner(len(self.played), table.refiner_channels) if table.refiner_channels else None
        self.neurons_on = False
        self.slope: Tensor
        self.register_buffer("slope", torch.ones(()))
        self.levelled = False
        self.sounds: Tensor  # drums have no sustain
        sounds = [[1.0] * spec.n_tracks, [0.0 if t.is_drum else 1.0 for t in spec.tracks]][: spec.n_planes]
        self.register_buffer("sounds", torch.tensor(sounds)[:, self.played, None, None], persistent=False)

    def logits(
        self,
        shared: Tensor | None = None,
        shared_bar: Tensor | None = None,
        private: Tensor | None = None,
        private_bar: Tensor | None = None,
        chord: Tensor | None = None,
        **features: Tensor,
    ) -> Tensor:
        """Return what the output's activation, or the refiner, is applied to: (N, planes, tracks played, T, P)."""
        # The order of the AAAI code: temporal codes, then z; shared, then private.
        given = ((shared_bar, False), (private_bar, True), (shared, False), (private, True))
        if nets_are_apart() and self.merge is None:
            return self._apart([(part, own) for part, own in given if part is not None], features, chord)
        parts = [(part[:, self.played].transpose(0, 1) if own else part.unsqueeze(0)) for part, own in given
                 if part is not None]  # fmt: skip
        n_nets, n = max(part.shape[0] for part in parts), parts[0].shape[1]
        code = torch.cat([part.expand(n_nets, n, -1) for part in parts], dim=2)
        known = {name: self._by_net(feature) for name, feature in features.items()}
        if chord is not None:
            known["chord"] = chord[None, :, None, None, None]
        x = self.trunk(code[:, :, None, None, None], known)
        made = self._grow(x, known).squeeze(2)  # (G, N, T, P, outputs)
        g, _, t, p, _ = made.shape
        planes = self.spec.n_planes
        return made.reshape(g, n, t, p, -1, planes).permute(1, 5, 0, 4, 2, 3).reshape(n, planes, -1, t, p)

    def _apart(
        self, parts: Sequence[tuple[Tensor, bool]], features: Mapping[str, Tensor], chord: Tensor | None
    ) -> Tensor:
        """Return the logits, as they are exported: see `apart`. `parts`: of the code; whether each net has its own."""
        known = {}
        for name, feature in features.items():
            is_private = feature.dim() == _PRIVATE_FEATURE
            known[name] = Rows.split(feature, self.played) if is_private else Rows.shared(feature)
        if chord is not None:
            known["chord"] = Rows((chord,), (1, 1))
        codes = [
            Rows.split(part[:, :, None, None], self.played) if own else Rows((part,), (1, 1)) for part, own in parts
        ]
        (branch,) = self.branches
        assert isinstance(branch, Chain)
        made = grow(branch, grow(self.trunk, join_rows(codes), known), known)
        (t, p), planes = made.size, self.spec.n_planes
        cells = [own.reshape(-1, t * p, own.shape[1]) for own in made.nets]  # channels: tracks, then planes
        if made.nets[0].shape[1] > planes:
            cells = [split_axis(own, 2, (-1, planes)).transpose(1, 2).flatten(1, 2) for own in cells]
        return torch.cat(cells, dim=1).transpose(1, 2).reshape(-1, planes, len(self.played), t, p)

    def forward(self, level: Tensor | None = None, **inputs: Tensor) -> Tensor:
        """Return probabilities (N, planes, M, T, P); zeros for a track that is always the condition.

        `shared`, `shared_bar` (N, d); `private`, `private_bar` (N, M, d); `chord` (N, 13); the encoder's features:
        those that the model has. In training, neurons that are on give 0 or 1 in place of the probability. Where the
        model is `levelled`, `level` (N, M, planes), one of the features, is taken from the logits: see `Levels`.
        """
        logits = self.logits(**inputs)
        if self.levelled and level is not None:
            logits = logits - level.transpose(1, 2)[..., None, None]
        x = self._activate(logits)
        x = x * self.sounds
        if self.silent is None:
            return x
        nothing = torch.zeros_like(x[:, :, :1])
        return torch.cat([x[:, :, : self.silent], nothing, x[:, :, self.silent :]], dim=2)

    def _by_net(self, feature: Tensor) -> Tensor:
        """(N, T, P, C), or (N, M, T, P, C) of private rows -> (1 or G, N, 1, T, P, C)."""
        if feature.dim() == _PRIVATE_FEATURE:
            return feature[:, self.played].transpose(0, 1).unsqueeze(2)
        return feature[None, :, None]

    def _grow(self, x: Tensor, known: dict[str, Tensor]) -> Tensor:
        if self.merge is None:
            (branch,) = self.branches
            grown: Tensor = branch(x, known)
            return grown
        # A merge of kernel 1 over joined branches is a sum of one matmul each; before `place` it moves fewer channels.
        merged: Tensor | None = None
        start = 0
        for branch in self.branches:
            assert isinstance(branch, Chain)
            y = x
            for module in branch.layers[:-1]:
                assert isinstance(module, TransposedConv)
                y = module(join(y, known, module.layer.skip))
            last = branch.layers[-1]
            assert isinstance(last, TransposedConv)
            y = join(y, known, last.layer.skip)
            values = last.values(y)
            weight = self.merge.weight[:, start : start + branch.channels]
            start += branch.channels
            values = torch.matmul(values.reshape(values.shape[0], -1, branch.channels), weight)
            part = last.place(values, y)
            merged = part if merged is None else merged + part
        assert merged is not None
        return self.merge.finish((merged.flatten(1, 4) + self.merge.bias), merged.shape[1]).reshape(merged.shape)

    def _activate(self, x: Tensor) -> Tensor:
        if self.table.activation == "relu":
            x = F.relu(x)
            return x if self.training else x.clamp(max=1)
        x = (torch.tanh(x) + 1) / 2 if self.table.activation == "tanh" else torch.sigmoid(x)
        if self.refiner is None or not self.neurons_on:
            return x
        refined = self.refiner(x[:, 0]).unsqueeze(1)
        if not self.training:
            return torch.sigmoid(self.slope * refined)
        return fire(refined, self.slope, stochastic=self.spec.neurons == "stochastic")

    def start_at(self, densities: Sequence[float]) -> None:
        """Start at the density of the data: a generator that starts at one half has to learn silence first."""
        if self.table.activation == "relu":
            return
        target = torch.logit(torch.tensor(densities, dtype=torch.float32)).reshape(self.spec.n_tracks, -1)[self.played]
        if self.table.activation == "tanh":
            target = target / 2  # (1 + tanh x) / 2 = sigmoid(2 x)
        output = self.merge
        if output is None:
            (branch,) = self.branches
            assert isinstance(branch, Chain)
            last = branch.layers[-1]
            assert isinstance(last, TransposedConv)
            output = last
        bias = output.bias if output.norm is None else output.norm.bias
        assert isinstance(bias, Tensor)
        with torch.no_grad():
            bias.copy_(target.reshape(bias.shape))


class Generator(nn.Module):
    """A model of the family, from z to phrases.

    `densities`: the share of cells that sound in the data, n_tracks x n_planes, to start at; None starts at one half.
    `lasting`: the share of each track's notes that last, for the levels.
    """

    def __init__(
        self, preset: Preset, densities: Sequence[float] | None = None, lasting: Sequence[float] | None = None
    ) -> None:
        super().__init__()
        spec, table = preset.spec, preset.generator
        self.spec = spec
        self.temporal_generator = None if spec.temporal == "none" else TemporalGenerators(spec, table)
        self.bar_encoder = BarEncoder(spec, table.encoder, table.phrase_encoder is not None) if table.encoder else None
        temporal = self.temporal_generator
        sizes = (temporal.shared_size, temporal.private_size) if temporal else (0, 0)
        widths = {"chord": N_CHORD, **(self.bar_encoder.widths if self.bar_encoder else {})}
        self.bar_generator = BarGenerator(spec, table, sizes, widths)
        initialize(self, preset.init_std)
        if densities is not None:
            self.bar_generator.start_at(densities)
            if self.levels is not None:
                own = torch.tensor(densities, dtype=torch.float32).reshape(spec.n_tracks, spec.n_planes)
                self.levels.density.copy_(own.T)
                self.levels.value[0] = torch.logit(own.T)  # where the bar generator starts
        if lasting is not None and self.levels is not None:
            self.levels.lasting.copy_(torch.tensor(lasting, dtype=torch.float32))

    def forward(
        self,
        z: dict[str, Tensor],
        condition: Tensor | None = None,
        given: Tensor | None = None,
        previous: Tensor | None = None,
        chord: Tensor | None = None,
        measure: int | None = None,
    ) -> Tensor:
        """Return phrases (N, B, planes, M, T, P). Given tracks are generated too, or silent: the caller keeps its own.

        `z` as `draw_z` returns it; `condition` and `previous` (N, B, planes, M, T, P), `given` (N, M),
        `chord` (N, B, 13): what the model hears; others are ignored. With a `measure`, that bar alone is made, B is 1,
        and what is heard is of that bar.
        """
        n, b = next(iter(z.values())).shape[0], self.spec.n_measures if measure is None else 1
        features: dict[str, Tensor] = {}
        if self.bar_encoder is not None:
            features = self.bar_encoder(**self._heard(n, b, condition, given, previous))
        temporal = {name: part for name, part in z.items() if name.endswith("_temporal")}
        if "condition_bar" in features:
            assert measure is None, "what this model plays in a bar depends on what it hears in all bars"
            temporal["condition_bars"] = split_axis(features.pop("condition_bar"), 0, (n, b))
        codes = self.temporal_generator(**temporal) if self.temporal_generator is not None else {}
        if measure is not None:
            codes = {name: code[..., measure : measure + 1, :] for name, code in codes.items()}
        inputs: dict[str, Tensor] = {
            name: z[name].repeat_interleave(b, dim=0) for name in ("shared", "private") if name in z
        }
        if "shared_bars" in codes:
            inputs["shared_bar"] = codes["shared_bars"].flatten(0, 1)
        if "private_bars" in codes:
            inputs["private_bar"] = codes["private_bars"].transpose(1, 2).flatten(0, 1)
        if self.spec.has_chord:
            assert chord is not None, "this model needs a chord for each bar"
            inputs["chord"] = chord.flatten(0, 1)
        bars: Tensor = self.bar_generator(**inputs, **features)
        return split_axis(bars, 0, (n, b))

    @property
    def refiner(self) -> Refiner | None:
        """Binary MuseGAN's refiner, where the model has one."""
        return self.bar_generator.refiner

    @property
    def neurons_on(self) -> bool:
        """Whether the refiner and its binary neurons are in use: from the second stage of training on."""
        return self.bar_generator.neurons_on

    @neurons_on.setter
    def neurons_on(self, on: bool) -> None:
        self.bar_generator.neurons_on = on

    @property
    def levels(self) -> Levels | None:
        """Where a note begins to sound, of a model that continues phrases."""
        return None if self.bar_encoder is None else self.bar_encoder.levels

    @property
    def levelled(self) -> bool:
        """Whether the output is moved so that a note sounds from one half on, whoever else plays: as it is heard."""
        return self.bar_generator.levelled

    @levelled.setter
    def levelled(self, on: bool) -> None:
        self.bar_generator.levelled = on

    @property
    def slope(self) -> Tensor:
        """Slope of the binary neurons' sigmoid, a scalar buffer: training fills it."""
        return self.bar_generator.slope

    def fold(self) -> None:
        """Fold every batch norm that follows a matmul into it, in place, for export. Call `eval()` first."""
        for module in list(self.modules()):
            if isinstance(module, TransposedConv | Conv):
                module.fold()

    def _heard(
        self,
        n: int,
        b: int,
        condition: Tensor | None,
        given: Tensor | None,
        previous: Tensor | None,
    ) -> dict[str, Tensor]:
        spec, device = self.spec, next(self.parameters()).device
        silence = torch.zeros(n, b, *spec.bar_shape, device=device)
        heard: dict[str, Tensor] = {}
        if spec.conditional:
            heard["condition"] = (silence if condition is None else condition).flatten(0, 1)
            if spec.condition_track is None:
                which = torch.zeros(n, spec.n_tracks, device=device) if given is None else given
                heard["given"] = which.repeat_interleave(b, dim=0)
        if spec.hears_previous:
            heard["previous"] = (silence if previous is None else previous).flatten(0, 1)
        return heard


def _chroma(roll: Tensor) -> Tensor:
    """(N, planes, M, T, P) -> (1, N, 1, beats, 1, M * 12)."""
    return chroma_of_beats(roll).sum(dim=1).transpose(1, 2).flatten(2)[None, :, None, :, None]


def _channels_last(roll: Tensor) -> Tensor:
    """(N, planes, M, T, P) -> (1, N, 1, T, P, M * planes)."""
    return roll.permute(0, 3, 4, 2, 1).flatten(3)[None, :, None]
