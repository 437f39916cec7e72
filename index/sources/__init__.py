"""Where articles come from: every kind of source, and a reader for every format. Door: `kinds.open_kind`."""
