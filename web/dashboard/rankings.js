// Counts by name, the largest first: languages and refusals.
import { drawBars } from "./bar_list.js";
import { sumOf } from "./counters.js";
import { percent, whole } from "./format.js";
import { Panel } from "./panel.js";

const SHOWN = 8;

/** Counts above 0, largest first: [{name, count, share}]. */
export function ranked(counts) {
  const all = sumOf(counts);
  return Object.entries(counts ?? {})
    .filter(([, count]) => count > 0)
    .sort(([a, first], [b, second]) => second - first || a.localeCompare(b))
    .map(([name, count]) => ({ name, count, share: count / all }));
}

/** `heading`: of the names' column; `nothing`: the sentence for no counts; `nameOf`: a name for people; `read`: counts of a view. */
function rankingPanel({ id, title, note, heading, nothing, tone, nameOf, read }) {
  const panel = new Panel(id, title, note);
  const update = ({ increase, label }) => {
    const rows = ranked(increase && read(increase.counters)).map((row) => ({ ...row, name: nameOf(row.name) }));
    panel.table([heading, "Count", "Share"], rows.map(({ name, count, share }) => [name, whole(count), percent(share)]));
    if (rows.length === 0) return panel.empty(nothing);
    panel.figure.replaceChildren(drawBars(panel.figure, {
      bars: rows.slice(0, SHOWN).map(({ name, count }) => ({ name, value: count, text: whole(count), tone })),
      label: `${title}. ${label}: ${rows.slice(0, 3).map(({ name, share }) => `${name} ${percent(share)}`).join(", ")}.`,
    }));
  };
  return { panel, update };
}

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** The English name of a language code of the metrics. */
export function languageName(code) {
  return { und: "not detected", other: "other" }[code] ?? LANGUAGES.of(code);
}

const REASONS = {
  queue_full: "queue full",
  rate_limited: "over a quota",
  deadline: "deadline passed",
  draining: "shutting down",
  too_large: "too large",
  unauthorized: "no valid key",
  forbidden: "role missing",
  malformed: "malformed",
  descriptors: "no descriptors",
  overloaded: "overloaded",
};

/** Why a request was refused, for people. */
export function reasonName(reason) {
  return REASONS[reason] ?? reason.replaceAll("_", " ");
}

export function languagesPanel() {
  return rankingPanel({
    id: "languages", title: "Languages", note: "Scored texts by the language that was detected.", heading: "Language",
    nothing: "No text was scored in this time.", tone: "teal", nameOf: languageName, read: ({ languages }) => languages,
  });
}

export function refusalsPanel() {
  return rankingPanel({
    id: "refusals", title: "Refused", note: "Requests that were refused before they were worked on, by cause.", heading: "Cause",
    nothing: "Nothing was refused in this time.", tone: "amber", nameOf: reasonName,
    read: ({ refusals }) => refusals,
  });
}
