"""metrics.jsonl and the page with the curves."""

from pathlib import Path

from training.encoder import report


def test_of_what_a_cut_run_repeats_the_last_counts(tmp_path: Path) -> None:
    for step, loss in ((50, 0.5), (100, 0.4), (150, 0.3), (100, 0.41)):
        report.append(tmp_path, {"kind": "train", "step": step, "loss": loss})
    assert [entry["loss"] for entry in report.read(tmp_path)] == [0.5, 0.41, 0.3]


def test_half_a_line_is_passed_over(tmp_path: Path) -> None:
    report.append(tmp_path, {"kind": "train", "step": 50, "loss": 0.5})
    with (tmp_path / report.METRICS).open("a", encoding="utf-8") as file:
        file.write('{"kind": "tra')
    assert len(report.read(tmp_path)) == 1


def test_no_metrics_yet(tmp_path: Path) -> None:
    assert report.read(tmp_path) == []


def test_the_page_has_a_curve_for_each_series(tmp_path: Path) -> None:
    for step in (50, 100, 150):
        report.append(tmp_path, {"kind": "train", "step": step, "loss": 1 / step, "odd": float("nan")})
    report.write_page(tmp_path, 1000, "Step 150 of 1000")
    page = (tmp_path / "progress.html").read_text(encoding="utf-8")
    assert page.count("<polyline") == 1
    assert "train loss: 0.0067" in page
    assert "Step 150 of 1000" in page
    assert not list(tmp_path.glob("*.part"))


def test_points_stay_inside_the_chart() -> None:
    svg = report.curve("x", [(0, 5.0), (500, 1.0), (1000, 3.0)], 1000)
    places = [tuple(map(float, pair.split(","))) for pair in svg.split('points="')[1].split('"')[0].split()]
    assert all(0 <= x <= report.WIDTH and 0 <= y <= report.HEIGHT for x, y in places)
    assert min(places, key=lambda place: place[1])[0] == places[0][0]


def test_a_single_point_has_no_curve() -> None:
    assert report.curve("x", [(1, 1.0)], 10) == ""
