"""What the band is: the spec, the bundle on disk, the trained bundles. Knows neither training nor playing."""

from musegan_models.bundle import Bundle, BundleError, load, pretrained
from musegan_models.spec import ModelSpec, Track

__all__ = ["Bundle", "BundleError", "ModelSpec", "Track", "load", "pretrained"]
