"""The quality gate over the sample archive, with the real model: no figure falls below what was reached."""

import json

from tests.quality import gate


def test_the_sample_archive_is_answered_as_well_as_it_was(tmp_path):
    data = gate.datasets(None)["sample"]
    kept = json.loads(gate.FLOORS.read_text("utf-8"))
    assert not gate.problems("sample", kept["sample"], gate.measured(data, gate.run(data, tmp_path / "data")))
