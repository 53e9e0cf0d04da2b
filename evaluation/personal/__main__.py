"""python -m evaluation.personal [--presidio]: precision, recall and F2 of the detectors by kind, as a Markdown table.

On Presidio's own synthetic sentences, which nothing was developed on (that was the other set, in training/personal).
--presidio puts Presidio's analyzer beside them; it needs `pip install presidio-analyzer`.
"""

import argparse
import pathlib

from evaluation.personal import dss, measure, sentences

ROOT = pathlib.Path(__file__).resolve().parents[2]
ORDER = ("email", "phone", "iban", "card", "ssn", "ip", "address", "person")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.personal", description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "evaluation/personal/presidio_synth.json.gz")
    parser.add_argument("--presidio", action="store_true", help="measure Presidio too")
    arguments = parser.parse_args()
    rows = sentences.read(arguments.data)
    columns = {"dss": measure.count(rows, dss.find(rows))}
    if arguments.presidio:
        from evaluation.personal import presidio

        columns[presidio.VERSION] = measure.count(rows, presidio.find(rows))
    print(f"{len(rows)} sentences\n")
    print("| kind | of them | " + " | ".join(f"{name}: precision | recall | F2" for name in columns) + " |")
    print("|---|--:" + "|--:|--:|--:" * len(columns) + "|")
    for kind in ORDER:
        counts = [column[kind] for column in columns.values()]
        cells = " | ".join(f"{one.precision:.3f} | {one.recall:.3f} | {one.f2:.3f}" for one in counts)
        print(f"| {kind} | {counts[0].gold} | {cells} |")


if __name__ == "__main__":
    main()
