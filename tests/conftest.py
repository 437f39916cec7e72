"""What all tests share: property tests that always try the same examples and never fail for a slow machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("quotewire", deadline=None, derandomize=True)
settings.load_profile("quotewire")
