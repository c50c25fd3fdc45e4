"""An edge that is killed in the middle: what was committed is told once, what was not is told by the next start."""

from pathlib import Path

import pytest

from edge.contracts.messages import AlertRaised
from edge.store import EdgeStore
from tests.fakes.cameras import ScriptedSource, street
from tests.fakes.edges import FakeEdge
from tests.fakes.messages import START


class Killed(BaseException):
    """Stands for SIGKILL: nothing that runs afterwards may matter."""


def edge_with_goods(folder: Path) -> FakeEdge:
    busy = street(goods=(0.3, 0.5, 0.6, 0.8))
    return FakeEdge(folder, {"cam-1": ScriptedSource("cam-1", START, lambda at_s: busy, 200)})


def raised(edge: FakeEdge) -> list[AlertRaised]:
    return [alert for alert in edge.alerts() if isinstance(alert, AlertRaised)]


@pytest.mark.parametrize("committed", [False, True])
def test_killed_between_raising_and_storing_it_is_raised_once(tmp_path: Path, committed: bool) -> None:
    edge = edge_with_goods(tmp_path)
    edge.step(10)
    store = edge.worker.store
    commit = store.commit

    def dying(*what: object) -> None:
        if what[0]:
            if committed:
                commit(*what)  # type: ignore[arg-type]
            raise Killed
        commit(*what)  # type: ignore[arg-type]

    store.commit = dying  # type: ignore[method-assign, assignment]
    with pytest.raises(Killed):
        edge.step(60)
    EdgeStore.close(store)
    edge.open()
    assert len(raised(edge)) == int(committed)
    edge.step(120)
    assert len(raised(edge)) == 1
    assert len({alert.episode_id for alert in edge.alerts()}) == 1
