"""What lasts is judged by the same whole as the single look."""

import pytest

from edge.episodes.lasting import Lasting
from edge.reading import reading_of
from edge.vision.measure import measure
from edge.vision.perceive import Seen
from tests.fakes.rules import muck
from tests.fakes.segmenter import WHOLE, class_map
from tests.fakes.streets import START


@pytest.mark.parametrize("of", ["visible_ground", "seen_ground", "zone"])
def test_what_lasts_is_as_much_as_what_each_look_shows(of: str):
    wanted = muck()
    wanted = wanted.model_copy(update={"measure": wanted.measure.model_copy(update={"of": of})})
    reading = reading_of(measure(Seen(class_map("bbbb", "????", "ss..")), WHOLE, wanted))
    assert reading.cells is not None
    lasts = Lasting().seen(START, reading.cells).share(reading.cells, of_zone=of == "zone")
    assert lasts == pytest.approx(reading.share, abs=0.04)
