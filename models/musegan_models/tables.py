"""What a network of the MuseGAN family consists of: rows of layers; it must not know which preset asks for what."""

from __future__ import annotations

from dataclasses import dataclass

from musegan_models.blocks import Layer
from musegan_models.spec import ModelSpec

Layers = tuple[Layer, ...]


@dataclass(frozen=True, slots=True)
class EncoderRow:
    """One layer of the bar encoder. Its output is a feature by this name, for the generator and for later rows.

    `inputs`: features joined along the channels, `condition` (the tracks the musician plays), `given` (which they are)
    or `previous` (the bar before) among them; `condition_chroma` and `previous_chroma` are the pitch classes of each
    track in each beat of two of them. A private row has a net for each track, to which `own` is the bar before of that
    track alone.
    """

    name: str
    layer: Layer
    inputs: tuple[str, ...]
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class GeneratorTable:
    """The generator, from z to a pianoroll.

    Temporal generators unroll z over the bars of a phrase; a bar then grows through the `trunk` and one or more
    parallel `branches`, whose outputs are joined and merged into one by `merge`. Where a last layer has `OUTPUTS`
    channels these are the tracks (or just one, for a private net) times the planes.
    """

    trunk: Layers
    branches: tuple[Layers, ...]
    merge: Layer | None = None  # a layer of kernel 1
    shared_temporal: Layers = ()  # for z that all tracks share; () where a bar code is a slice of z
    private_temporal: Layers = ()  # one net for each track
    trunk_is_private: bool = False  # a net for each track
    branches_are_private: bool = True
    activation: str = "sigmoid"  # of the output: sigmoid, tanh (mapped to 0..1) or relu
    encoder: tuple[EncoderRow, ...] = ()
    phrase_encoder: Layer | None = None  # condition_bar of all bars -> `phrase`, a feature of the shared temporal net
    refiner_channels: int = 0  # of the two residual units of Binary MuseGAN's refiner; 0: none


@dataclass(frozen=True, slots=True)
class Stream:
    """One way a critic looks at a bar, ending in one place of time and pitch or in few.

    `view`: `track` (each track alone), `all` (all tracks as channels), `onset` (how many notes start and end at each
    step), `chroma` (of each beat), `change` (how each track differs from its bar before; nothing in the first bar),
    `ends` (how many notes of one step there are at each, ends of longer ones, and sustains of no note), `melody` (by
    how many semitones the top line of each pitched track moves at each step) or `pairs` (the pitch classes that sound
    together at each, and the intervals between them).
    `branches` run in parallel and are joined; `each` follows, still net by net; `shared` follows on the outputs of all
    nets joined.
    """

    view: str
    branches: tuple[Layers, ...]
    each: Layers = ()
    shared: Layers = ()
    is_private: bool = False  # a net for each track


@dataclass(frozen=True, slots=True)
class CriticTable:
    """The critic. Its streams are joined bar by bar; then `merge`, and one or more `heads`, each ending in a score.

    One head with several places gives as many scores; of several heads the means are added.
    """

    streams: tuple[Stream, ...]
    heads: tuple[Layers, ...]
    merge: Layers = ()
    is_private: bool = False  # M critics, each of one track (jamming)
    is_signed: bool = False  # sees -1 and 1, as the papers' code, in place of 0 and 1
    sees_before: bool = False  # sees the bar before the phrase too, as its first bar
    compared: int = 0  # phrases of a batch that it compares, to see how much they vary; 0: it sees each for itself
    later: tuple[Stream, ...] = ()  # streams that are not compared; joined last, so that a critic without can grow them
    onsets: str = "apart"  # note starts and ends are two channels; `signed`: their sum is one, as in the papers' code


@dataclass(frozen=True, slots=True)
class Preset:
    """A model of the family: the facts of its spec, and the tables of its networks."""

    spec: ModelSpec
    generator: GeneratorTable
    critic: CriticTable
    init_std: float | None = None  # of all weights at the start; 1 / sqrt(fan-in) where None
