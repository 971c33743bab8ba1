"""The networks of MuseGAN's hybrid model, in torch; they must not know data sets, losses or files.

Axes, in this order: N phrases or bars, B bars of a phrase, 2 planes (onset, sustain), M tracks, T steps, P pitches.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from musegan_models.blocks import LEAK, Downsample, PrivateLinear, PrivateUpsample
from musegan_models.spec import BEATS_PER_MEASURE, ModelSpec

OCTAVE = 12


class TemporalGenerator(nn.Module):
    """`n_nets` temporal generators G_temp of the AAAI paper (sec. 3.3): z (N, n_nets, d) -> (N, n_nets, B, d)."""

    def __init__(self, n_nets: int, size: int, n_measures: int, hidden: int) -> None:
        super().__init__()
        self.n_nets, self.size = n_nets, size
        self.first = nn.ConvTranspose1d(n_nets * size, n_nets * hidden, 2, stride=2, groups=n_nets)  # 1 -> 2 bars
        self.first_norm = nn.BatchNorm1d(n_nets * hidden)
        self.last = nn.ConvTranspose1d(n_nets * hidden, n_nets * size, n_measures - 1, groups=n_nets)  # 2 -> B bars
        self.last_norm = nn.BatchNorm1d(n_nets * size)

    def forward(self, z: Tensor) -> Tensor:
        """Unroll one vector into one for each bar."""
        x = F.relu(self.first_norm(self.first(z.reshape(-1, self.n_nets * self.size, 1))))
        x = F.relu(self.last_norm(self.last(x)))  # (N, n_nets * d, B)
        return x.reshape(-1, self.n_nets, self.size, x.shape[-1]).transpose(2, 3)


class TemporalGenerators(nn.Module):
    """The shared temporal generator and the private ones, as one graph."""

    def __init__(self, spec: ModelSpec, hidden: int) -> None:
        super().__init__()
        self.shared = TemporalGenerator(1, spec.latent.shared_temporal, spec.n_measures, hidden)
        self.private = TemporalGenerator(spec.n_tracks, spec.latent.private_temporal, spec.n_measures, hidden)

    def forward(self, shared_temporal: Tensor, private_temporal: Tensor) -> tuple[Tensor, Tensor]:
        """(N, d), (N, M, d) -> (N, B, d), (N, M, B, d)."""
        return self.shared(shared_temporal.unsqueeze(1)).squeeze(1), self.private(private_temporal)


class BarEncoder(nn.Module):
    """E of the AAAI paper: what the condition tells, at every scale of the bar generator.

    Its input is all tracks of the condition at once, zero where a track is not given, and which are given: one encoder
    then serves any subset of the tracks, none included. `E` in the paper takes a single fixed track.
    """

    def __init__(self, spec: ModelSpec, channels: int) -> None:
        super().__init__()
        self.n_octaves = spec.n_pitches // OCTAVE
        self.octave = Downsample(2 * spec.n_tracks * OCTAVE + spec.n_tracks, channels, 1)  # (T x octaves)
        self.step = Downsample(channels, channels, self.n_octaves)  # (T)
        halvings = int(math.log2(spec.measure_resolution))
        self.times = nn.ModuleList(Downsample(channels, channels, 2) for _ in range(halvings))  # (T/2) .. (1)

    def forward(self, condition: Tensor, given: Tensor) -> tuple[Tensor, ...]:
        """(N, 2, M, T, P), (N, M) -> coarse to fine: (N, 1, c), (N, 2, c), .. (N, T, c), (N, T * octaves, c)."""
        n, planes, m, t, _ = condition.shape
        x = condition.reshape(n, planes * m, t, self.n_octaves, OCTAVE).permute(0, 2, 3, 1, 4)
        x = x.reshape(n, t * self.n_octaves, planes * m * OCTAVE)
        x = torch.cat([x, given.unsqueeze(1).expand(n, t * self.n_octaves, m)], dim=2)
        features = [self.octave(x)]
        features.append(self.step(features[-1]))
        for time in self.times:
            features.append(time(features[-1]))
        return tuple(reversed(features))


class BarGenerators(nn.Module):
    """The M private bar generators G_bar of the AAAI paper: time grows first, then pitch, octave by octave."""

    def __init__(
        self, spec: ModelSpec, channels: Sequence[int], condition_channels: int, densities: Sequence[float]
    ) -> None:
        super().__init__()
        self.n_tracks, self.steps, self.n_octaves = spec.n_tracks, spec.measure_resolution, spec.n_pitches // OCTAVE
        latent = spec.latent
        width = latent.shared + latent.shared_temporal + latent.private + latent.private_temporal
        halvings = int(math.log2(self.steps))
        if len(channels) != halvings + 1 or 2**halvings != self.steps:
            raise ValueError(
                f"channels must be {halvings + 1} numbers for {self.steps} steps per bar, got {len(channels)}"
            )
        c = condition_channels
        self.times = nn.ModuleList()  # 1 -> 2 -> .. -> T steps
        for c_out in channels[:-1]:
            self.times.append(PrivateUpsample(self.n_tracks, width + c, c_out, 2))
            width = c_out
        self.octaves = PrivateUpsample(self.n_tracks, width + c, channels[-1], self.n_octaves)
        self.pitches = PrivateLinear(self.n_tracks, channels[-1] + c, 2 * OCTAVE)
        with (
            torch.no_grad()
        ):  # start at the density of the data: a generator that starts at 0.5 has to learn silence first
            logits = torch.logit(torch.tensor(densities, dtype=torch.float32)).reshape(self.n_tracks, 1, 2)
            self.pitches.bias.copy_(logits.repeat_interleave(OCTAVE, dim=2))
        self.sounds: Tensor  # drums have no sustain
        self.register_buffer(
            "sounds", torch.tensor([[1.0, 0.0 if t.is_drum else 1.0] for t in spec.tracks]), persistent=False
        )

    def forward(
        self, shared: Tensor, shared_bar: Tensor, private: Tensor, private_bar: Tensor, *features: Tensor
    ) -> Tensor:
        """(N, d), (N, d), (N, M, d), (N, M, d), the encoder's features -> probabilities (N, 2, M, T, P)."""
        n, m = shared.shape[0], self.n_tracks
        both = torch.cat([shared, shared_bar], dim=1).unsqueeze(0).expand(m, n, -1)
        each = torch.cat([private, private_bar], dim=2).transpose(0, 1)
        x = torch.cat([both, each], dim=2).unsqueeze(2)  # (M, N, 1, d)
        layers = [*self.times, self.octaves]
        for i, layer in enumerate(layers):
            x = layer(_with_features(x, features, i))
        x = _with_features(x, features, len(layers))
        x = self.pitches(x.reshape(m, n * self.steps * self.n_octaves, -1))
        x = x.reshape(m, n, self.steps, self.n_octaves, 2, OCTAVE).permute(1, 4, 0, 2, 3, 5)
        x = x.reshape(n, 2, m, self.steps, self.n_octaves * OCTAVE)
        return torch.sigmoid(x) * self.sounds.t().reshape(1, 2, m, 1, 1)


def _with_features(x: Tensor, features: Sequence[Tensor], i: int) -> Tensor:
    """Concatenate the i-th feature, the same for every track, to the channels of `x` (M, N, L, c)."""
    if not features:
        return x
    return torch.cat([x, features[i].unsqueeze(0).expand(x.shape[0], -1, -1, -1)], dim=3)


class Generator(nn.Module):
    """MuseGAN: the hybrid model with temporal generators, conditioned on any tracks or none (AAAI paper, sec. 3.4)."""

    def __init__(
        self,
        spec: ModelSpec,
        *,
        temporal_channels: int = 256,
        bar_channels: Sequence[int] = (256, 256, 128, 128, 64),
        condition_channels: int = 32,
        densities: Sequence[float] | None = None,  # (M, 2) flattened: share of cells that sound in the data
    ) -> None:
        super().__init__()
        self.spec = spec
        self.temporal_generator = TemporalGenerators(spec, temporal_channels)
        self.bar_encoder = BarEncoder(spec, condition_channels) if spec.conditional else None
        c = condition_channels if spec.conditional else 0
        self.bar_generator = BarGenerators(spec, bar_channels, c, densities or [0.02] * (2 * spec.n_tracks))

    def forward(
        self,
        shared: Tensor,
        shared_temporal: Tensor,
        private: Tensor,
        private_temporal: Tensor,
        condition: Tensor | None = None,
        given: Tensor | None = None,
    ) -> Tensor:
        """Return phrases (N, B, 2, M, T, P) of probabilities. Given tracks are generated too: the caller keeps its own.

        `shared`, `shared_temporal` (N, d); `private`, `private_temporal` (N, M, d); `condition` (N, B, 2, M, T, P) and
        `given` (N, M) in {0, 1}.
        """
        shared_bars, private_bars = self.temporal_generator(shared_temporal, private_temporal)
        n, b, _ = shared_bars.shape
        features: tuple[Tensor, ...] = ()
        if self.bar_encoder is not None:
            if condition is None or given is None:
                raise ValueError("a conditional model needs a condition: all zeros where nobody plays")
            features = self.bar_encoder(condition.flatten(0, 1), given.repeat_interleave(b, dim=0))
        bars = self.bar_generator(
            shared.repeat_interleave(b, dim=0),
            shared_bars.flatten(0, 1),
            private.repeat_interleave(b, dim=0),
            private_bars.transpose(1, 2).flatten(0, 1),
            *features,
        )
        phrases: Tensor = bars.unflatten(0, (n, b))
        return phrases

    def fold(self) -> None:
        """Fold every batch norm that follows a matmul into it, in place, for export. Call `eval()` first."""
        for module in list(self.modules()):
            if isinstance(module, PrivateUpsample | Downsample):
                module.fold()


class Critic(nn.Module):
    """One critic of all tracks, over bars and over the phrase: (N, B, 2, M, T, P) -> (N,).

    Four streams look at a bar: all tracks at each step (harmony), each track alone, the onsets (rhythm) and the chroma
    of each beat (the last three after Binary MuseGAN, Dong and Yang, ISMIR 2018). The score is the mean of the bars'
    plus the phrase's.
    No normalisation, as WGAN-GP asks.
    """

    def __init__(self, spec: ModelSpec, width: int = 64) -> None:
        super().__init__()
        m, t, p, w = spec.n_tracks, spec.measure_resolution, spec.n_pitches, width
        self.beats, self.steps = BEATS_PER_MEASURE, spec.beat_resolution
        self.n_octaves = p // OCTAVE
        self.joint_octave = nn.Linear(2 * m * OCTAVE, w)
        self.joint_step = nn.Linear(w * self.n_octaves, 2 * w)
        self.joint_beat = nn.Linear(2 * w * self.steps, 3 * w)
        self.joint_bar = nn.Linear(3 * w * self.beats, 4 * w)
        self.private_step = PrivateLinear(m, 2 * p, w // 2)
        self.private_beat = PrivateLinear(m, (w // 2) * self.steps, w)
        self.private_bar = PrivateLinear(m, w * self.beats, w)
        self.rhythm = nn.Sequential(nn.Linear(m * t, 2 * w), nn.LeakyReLU(LEAK), nn.Linear(2 * w, w))
        self.chroma_beat = nn.Linear(2 * m * OCTAVE, w)
        self.chroma_bar = nn.Linear(w * self.beats, 2 * w)
        self.merge = nn.Linear(4 * w + m * w + w + 2 * w, 4 * w)
        self.bar_score = nn.Linear(4 * w, 1)
        self.phrase = nn.Sequential(nn.Linear(4 * w * spec.n_measures, 8 * w), nn.LeakyReLU(LEAK), nn.Linear(8 * w, 1))

    def forward(self, x: Tensor) -> Tensor:
        """Score phrases: the higher, the more like the data."""
        n, b, planes, m, t, p = x.shape
        x = x.flatten(0, 1)  # (N*B, 2, M, T, P)
        by_octave = x.reshape(n * b, planes * m, t, self.n_octaves, OCTAVE).permute(0, 2, 3, 1, 4)
        joint = _act(self.joint_octave(by_octave.reshape(n * b, t, self.n_octaves, -1)))
        joint = _act(self.joint_step(joint.reshape(n * b, t, -1)))
        joint = _act(self.joint_beat(joint.reshape(n * b, self.beats, -1)))
        joint = _act(self.joint_bar(joint.reshape(n * b, -1)))

        private = x.permute(2, 0, 3, 1, 4).reshape(m, n * b * t, planes * p)
        private = _act(self.private_step(private)).reshape(m, n * b * self.beats, -1)
        private = _act(self.private_beat(private)).reshape(m, n * b, -1)
        private = _act(self.private_bar(private)).transpose(0, 1).reshape(n * b, -1)

        rhythm = _act(self.rhythm(x[:, 0].sum(dim=3).reshape(n * b, m * t)))

        chroma = x.reshape(n * b, planes * m, self.beats, self.steps, self.n_octaves, OCTAVE).sum(dim=(3, 4))
        chroma = _act(self.chroma_beat(chroma.transpose(1, 2).reshape(n * b, self.beats, -1)))
        chroma = _act(self.chroma_bar(chroma.reshape(n * b, -1)))

        bars = _act(self.merge(torch.cat([joint, private, rhythm, chroma], dim=1)))
        bar_scores = self.bar_score(bars).reshape(n, b).mean(dim=1)
        score: Tensor = bar_scores + self.phrase(bars.reshape(n, -1)).squeeze(1)
        return score


def _act(x: Tensor) -> Tensor:
    return F.leaky_relu(x, LEAK)
