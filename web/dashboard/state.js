// What a result of scrape() means to the reader: {pill, tone, notice, asksKey}.

const SENTENCES = {
  ok: () => ({ pill: "Live", tone: "good" }),
  "no-key": () => ({
    pill: "Key needed",
    notice: "This server shows its figures to holders of a key with the role “metrics” only (401).",
    asksKey: true,
  }),
  "wrong-key": () => ({
    pill: "Key not accepted",
    notice: "The server does not accept this key (401): it is mistyped, expired or revoked. “dss keys list” shows which keys there are.",
    asksKey: true,
  }),
  forbidden: () => ({
    pill: "Role missing",
    notice: "The server knows this key, but it lacks the role “metrics” (403). “dss keys create --role metrics” makes one that has it.",
    asksKey: true,
  }),
  busy: ({ status, wait }) => ({
    pill: "Busy",
    notice: `The server has no time for a look at its metrics (${status}); the next one is in ${Math.max(2, wait)} s.`,
  }),
  failed: ({ status }) => ({
    pill: "No figures",
    notice: `The server answered ${status} instead of its metrics. Is a proxy in between that does not pass on /metrics?`,
  }),
  unreadable: ({ cause }) => ({ pill: "No figures", notice: `What came is not the metrics of this server: ${cause}.` }),
  unreachable: () => ({
    pill: "No answer",
    tone: "bad",
    notice: "The server does not answer: it has stopped, or the network is down. The page asks again every 2 s and goes on by itself.",
  }),
};

export function stateOf(result) {
  return { tone: "warn", notice: "", asksKey: false, ...SENTENCES[result.kind](result) };
}

export const PAUSED = { pill: "Paused", tone: "warn", notice: "", asksKey: false };
