// The page: looks at the metrics, keeps what they said, and shows the time that the reader has chosen.
import { Announcer } from "./announcer.js";
import { setText } from "./dom.js";
import { encoderPanel } from "./encoder.js";
import { span } from "./format.js";
import { History } from "./history.js";
import { latencyPanel } from "./latency.js";
import { modelsPanel } from "./models.js";
import { Poller } from "./poller.js";
import { memoryPanel, processorPanel } from "./process.js";
import { languagesPanel, refusalsPanel } from "./rankings.js";
import { axisLength } from "./scale.js";
import { scoresPanel } from "./scores.js";
import { scrape } from "./scraper.js";
import { snapshotOf } from "./snapshot.js";
import { stagesPanel } from "./stages.js";
import { PAUSED, stateOf } from "./state.js";
import { bindTheme } from "./theme.js";
import { Tiles } from "./tiles.js";
import { trafficPanel } from "./traffic.js";

const MOST_POINTS = 120;
const LONGEST_AXIS = 3600;

const by = (id) => document.getElementById(id);
const history = new History();
const tiles = new Tiles(by("tiles"));
const announcer = new Announcer(by("summary"));
const panels = [trafficPanel(), latencyPanel(), scoresPanel(), stagesPanel(), encoderPanel(), refusalsPanel(), languagesPanel(),
  processorPanel(), memoryPanel(), modelsPanel()];
const poller = new Poller(scrape, receive);

function chosenWindow() {
  const option = by("window").selectedOptions[0];
  return { seconds: option.value === "all" ? Infinity : Number(option.value), label: option.textContent };
}

function show() {
  const now = history.newest;
  if (now === undefined) return;
  const { seconds, label } = chosenWindow();
  const axisSeconds = axisLength(history.covered, Math.min(seconds, LONGEST_AXIS));
  const view = { now, label, axisSeconds, increase: history.increase(seconds), steps: history.steps(axisSeconds, MOST_POINTS) };
  by("figures").hidden = false;
  tiles.update(view);
  panels.forEach(({ update }) => update(view));
  setText(by("server"), `Version ${now.build.version ?? "unknown"}, running for ${span(now.uptime)}`);
  announcer.update(view, performance.now() / 1000);
}

function showState({ pill, tone, notice, asksKey }) {
  setText(by("state"), pill);
  by("state").className = `pill ${tone}`;
  setText(by("notice-text"), notice);
  by("notice").hidden = notice === "";
  by("figures").classList.toggle("stale", notice !== "");
  const asked = !by("key-form").hidden;
  by("key-form").hidden = !asksKey;
  if (asksKey && !asked) by("key").focus();
}

function receive(result) {
  showState(stateOf(result));
  if (result.kind !== "ok") return;
  history.add(snapshotOf(result.samples, performance.now() / 1000, result.serverTime));
  show();
  setText(by("updated"), new Date().toLocaleTimeString("en-GB"));
  if (performance.getEntriesByName("first-figures").length === 0) performance.mark("first-figures");
}

function togglePause() {
  if (poller.paused) {
    poller.resume();
  } else {
    poller.pause();
    showState(PAUSED);
  }
  setText(by("pause"), poller.paused ? "Resume" : "Pause");
}

function takeKey(event) {
  event.preventDefault();
  poller.key = by("key").value.trim();
  by("key").value = "";
  poller.look();
}

by("panels").append(...panels.map(({ panel }) => panel.element));
by("pause").addEventListener("click", togglePause);
by("key-form").addEventListener("submit", takeKey);
by("window").addEventListener("change", () => {
  announcer.reset();
  show();
});
window.addEventListener("resize", show);
bindTheme(by("theme"));
poller.look();
