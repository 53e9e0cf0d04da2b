"""An alert fires and ends for real: overload → burn rate → Alertmanager → webhook."""

import threading

from conftest import wait_until

ALERT = "ToxicityApiErrorBudgetBurn1h"
STATES = ("pending", "firing")
LONG_TEXT = "a calm sentence about the weather of the week " * 12


def overload(stack, stop):
    """More texts for the encoder than its queue holds."""

    def run():
        while not stop.is_set():
            stack.post("/analyze", {"text": LONG_TEXT, "model": "bert"})

    threads = [threading.Thread(target=run) for _ in range(24)]
    for thread in threads:
        thread.start()
    return threads


def test_overload_fires_an_alert_that_ends_with_it(stack):
    for number in range(200):
        assert stack.post("/analyze", {"text": f"calm text {number}"}) == 200
    # Before the first scrape the target was absent, of which an evaluation later nothing is left.
    wait_until(lambda: stack.query('ALERTS{severity="page"}') == {}, 20, "no page stands")
    stop = threading.Event()
    threads = overload(stack, stop)
    try:
        wait_until(lambda: (ALERT, "firing") in stack.receiver.received, 90, "the alert is at the webhook")
        assert ALERT in stack.query('ALERTS{alertstate="firing",severity="page"}')
        pending, firing = (stack.first(f'ALERTS{{alertname="{ALERT}",alertstate="{state}"}}') for state in STATES)
        assert pending < firing
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    # What calm traffic there is keeps the ratio known.
    for number in range(200):
        stack.post("/analyze", {"text": f"calm again {number}"})
    wait_until(lambda: (ALERT, "resolved") in stack.receiver.received, 120, "the alert has ended")
