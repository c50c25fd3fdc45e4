"""`python -m tests.integration.kill --alerts 4000 --kills 60 --broker embedded`: exit code 0 if nothing is lost."""

import argparse
import json
import sys
from pathlib import Path

from tests.integration.kill.harness import Plan, run

BREAKS = {"ack_on_puback": "tests.integration.kill.broken:DropsOnPuback"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.integration.kill", description=__doc__)
    parser.add_argument("--alerts", type=int, default=Plan.alerts)
    parser.add_argument("--kills", type=int, default=Plan.kills)
    parser.add_argument("--pauses", type=int, default=Plan.pauses, help="processes stopped for a second (SIGSTOP)")
    parser.add_argument("--blackouts", type=int, default=Plan.blackouts, help="all servers and the broker at once")
    parser.add_argument("--broker", choices=["embedded", "mosquitto"], default="embedded")
    parser.add_argument("--seed", type=int, default=Plan.seed)
    parser.add_argument("--edges", type=int, default=Plan.edges)
    parser.add_argument("--servers", type=int, default=Plan.servers)
    parser.add_argument("--per-second", type=float, default=Plan.per_second, help="alerts a second, all edges together")
    parser.add_argument("--files-every", type=int, default=Plan.files_every, help="every so many alerts carry a file")
    parser.add_argument("--break", dest="broken", choices=sorted(BREAKS), help="run an edge built wrong: it must fail")
    parser.add_argument("--keep", type=Path, help="work in this folder and keep it")
    args = vars(parser.parse_args())
    broken, keep = args.pop("broken"), args.pop("keep")
    if broken:
        args["publisher"] = BREAKS[broken]
    outcome = run(Plan(**args), lambda text: print(text, file=sys.stderr, flush=True), keep)
    print(json.dumps(outcome.as_json(), indent=2))
    return 0 if outcome.ok else 1


if __name__ == "__main__":
    sys.exit(main())
