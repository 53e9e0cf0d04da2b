#include "app/settings_table.h"

#include "models/scores.h"

namespace dss::app {
namespace {

using config::Setting;
using config::Type;

std::vector<Setting> listening() {
  return {
      {.key = "listen",
       .type = Type::kList,
       .value_name = "HOST:PORT",
       .default_note = "both loopbacks, on the port below",
       .help = "Addresses to serve on. Beyond this machine (0.0.0.0, [::]) auth must say who may "
               "use them, or allow-unauthenticated that anybody may."},
      {.key = "port",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "8000",
       .help = "Port on both loopbacks, when no address is given. 0 takes any free one.",
       .least = 0,
       .most = 65535},
      {.key = "admin-listen",
       .type = Type::kList,
       .value_name = "HOST:PORT",
       .default_note = "no admin listener",
       .help = "Addresses for /metrics, /stats and the probes only; the other listeners then no "
               "longer serve /metrics "
               "and /stats."},
      {.key = "tls-cert",
       .value_name = "FILE",
       .default_note = "plain HTTP",
       .help = "Certificate (PEM), behind it its chain. With tls-key every address speaks TLS 1.2 "
               "and 1.3, and nothing else. SIGHUP reads both files again."},
      {.key = "tls-key",
       .value_name = "FILE",
       .default_note = "plain HTTP",
       .help = "Key of the certificate (PEM, without a passphrase)."},
      {.key = "allow-unauthenticated",
       .type = Type::kSwitch,
       .default_value = "false",
       .help = "Serve anybody who reaches a listener, beyond this machine too. /metrics and "
               "/stats as well, unless metrics.token-file or admin-listen says who may read them."},
      {.key = "workers",
       .type = Type::kInteger,
       .value_name = "N",
       .default_note = "as many as the processors that the affinity mask and the CPU quota allow",
       .help = "Threads: event loops of the server, scoring threads in bulk.",
       .least = 1,
       .most = 1024},
      {.key = "drain-seconds",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "5",
       .help = "How long SIGTERM keeps the server answering, with /readyz at 503, before it stops.",
       .least = 0,
       .most = 3600},
  };
}

std::vector<Setting> authentication() {
  return {
      {.key = "auth",
       .type = Type::kChoice,
       .value_name = "WHAT",
       .default_value = "none",
       .help = "Who may use the server: anybody, whoever shows an API key, or whoever shows a "
               "token of an identity provider (and with auth-store an API key too). Without it the "
               "server listens beyond this machine only with allow-unauthenticated.",
       .choices = {"none", "keys", "jwt"}},
      {.key = "auth-store",
       .value_name = "URL",
       .default_note = "none",
       .help = "Where the API keys are, or rather their hashes: sqlite:FILE, "
               "postgresql://USER@HOST/DATABASE, or file:FILE, a text file that is only read. 'dss "
               "keys' makes them.",
       .url = true},
      {.key = "auth-refresh-seconds",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "10",
       .help = "How often the store is read again, and so how long a revoked key still works. "
               "SIGHUP reads it at once.",
       .least = 1,
       .most = 3600},
  };
}

std::vector<Setting> tokens() {
  return {
      {.key = "jwt.jwks",
       .value_name = "FILE",
       .default_note = "none",
       .help = "Public keys of the identity provider, a JSON Web Key Set. SIGHUP reads it again."},
      {.key = "jwt.issuer",
       .value_name = "NAME",
       .default_note = "none",
       .help = "What a token's iss must be, to the letter."},
      {.key = "jwt.audience",
       .value_name = "NAME",
       .default_note = "none",
       .help = "What a token's aud must be or hold."},
      {.key = "jwt.alg",
       .type = Type::kChoice,
       .value_name = "NAME",
       .default_note = "none",
       .help = "The only algorithm that is accepted, whatever a token names.",
       .choices = {"RS256", "ES256", "EdDSA"}},
      {.key = "jwt.leeway-seconds",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "60",
       .help = "By how much the provider's clock may differ from this machine's.",
       .least = 0,
       .most = 600},
      {.key = "jwt.roles-claim",
       .value_name = "NAME",
       .default_value = "roles",
       .help = "Claim with the roles: a list, or a text with spaces between them, as scope is."},
      {.key = "jwt.tenant-claim",
       .value_name = "NAME",
       .default_note = "none: all tokens are of the tenant without a name",
       .help = "Claim with the tenant."},
  };
}

std::vector<Setting> quota_of(const std::string& whose, const std::string& help) {
  const auto number = [&](const char* what, const char* value, const char* note, std::string text) {
    return Setting{.key = "quota." + whose + what,
                   .type = Type::kNumber,
                   .value_name = value,
                   .default_note = note,
                   .help = std::move(text),
                   .least = 1e-3,
                   .most = 1e8};
  };
  return {
      number("-requests", "N", "no quota", "Requests a second, in the long run, of one " + help),
      number("-burst", "N", "ten seconds' worth", "Requests at once of one " + whose + "."),
      number("-characters", "N", "no quota",
             "Characters a second, in the long run, of one " + help),
      number("-characters-burst", "N", "ten seconds' worth",
             "Characters at once of one " + whose + "."),
  };
}

std::vector<Setting> quotas() {
  std::vector<Setting> out = quota_of("key", "API key or subject of a token.");
  for (Setting& setting : quota_of("address", "IPv4 address or IPv6 /64 network.")) {
    out.push_back(std::move(setting));
  }
  out.push_back({.key = "quota.failures-per-minute",
                 .type = Type::kInteger,
                 .value_name = "N",
                 .default_value = "60",
                 .help = "Wrong credentials a minute from one address; more are answered 429. "
                         "Right ones are never held up.",
                 .least = 1,
                 .most = 1e6});
  out.push_back({.key = "quota.accounts",
                 .type = Type::kInteger,
                 .value_name = "N",
                 .default_value = "100000",
                 .help = "Keys, and addresses, that are told apart: the size of the tables (about "
                         "6 MB each for 100,000).",
                 .least = 1000,
                 .most = 1e7});
  return out;
}

std::vector<Setting> proxies() {
  return {
      {.key = "trusted-proxies",
       .type = Type::kList,
       .value_name = "NETWORK",
       .default_note = "none: the address of the connection counts",
       .help = "Networks (10.0.0.0/8, 2001:db8::/32) or addresses of proxies that may say whom "
               "they forward a request for."},
      {.key = "forwarded-header",
       .type = Type::kChoice,
       .value_name = "NAME",
       .default_value = "x-forwarded-for",
       .help = "Header in which they say it; the other one is not read.",
       .choices = {"x-forwarded-for", "forwarded"}},
  };
}

std::vector<Setting> scoring() {
  return {
      {.key = "models",
       .value_name = "DIR",
       .default_note = "models/ beside the binary, above the build tree, or /usr/share/dss/models",
       .help = "Folder that holds simple/ (and bert/), each with card.json and model.safetensors."},
      {.key = "default-model",
       .type = Type::kChoice,
       .value_name = "NAME",
       .default_note = "simple; in the protocols of other services bert, if it is there",
       .help = "Model that answers when a request or --model names none.",
       .choices = {"simple", "bert"}},
      {.key = "foreign-language",
       .type = Type::kChoice,
       .value_name = "WHAT",
       .default_value = "mark",
       .help = "A text in a language that the model was not trained for: score it and mark it, or "
               "refuse it.",
       .choices = {"mark", "refuse"}},
  };
}

std::vector<Setting> encoder() {
  return {
      {.key = "encoder.directory",
       .value_name = "DIR",
       .default_note = "bert/ in the models' folder, if it is there",
       .help = "Hugging Face directory of a BERT-family classifier that answers as 'bert' "
               "(config.json, vocab.txt, model.safetensors). On the command line also --model "
               "bert=DIR."},
      {.key = "encoder.precision",
       .type = Type::kChoice,
       .value_name = "WHAT",
       .default_value = "int8",
       .help = "What the encoder's weights and activations are multiplied in.",
       .choices = {"int8", "bf16", "fp32"}},
      {.key = "encoder.workers",
       .type = Type::kInteger,
       .value_name = "N",
       .default_note = "as many as the processors that the affinity mask and the CPU quota allow",
       .help = "Threads that run the encoder.",
       .least = 1,
       .most = 1024},
      {.key = "encoder.batch-tokens",
       .type = Type::kInteger,
       .value_name = "N",
       .default_note = "256 with AMX or VNNI; 64 without, where more together are no faster",
       .help = "Most tokens that the encoder computes together.",
       .least = 16,
       .most = 4096},
      {.key = "encoder.queue-tokens",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "32768",
       .help = "Most tokens that wait for the encoder; what comes then is answered 503 at once.",
       .least = 512,
       .most = 1e8},
      {.key = "encoder.standing-tokens",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "4096",
       .help = "Tokens a worker that may wait for more than half a second; while more do, texts "
               "without a deadline of their own are answered 503. 0: only a full queue refuses.",
       .least = 0,
       .most = 1e6},
      {.key = "encoder.degrade",
       .type = Type::kSwitch,
       .default_value = "false",
       .help =
           "Let 'simple' answer, marked \"degraded\", what the encoder's queue has no room for."},
  };
}

std::vector<Setting> thresholds() {
  std::vector<Setting> out;
  for (const std::string_view category : models::kCategoryNames) {
    std::string word(category);
    for (char& c : word) c = c == '_' ? '-' : c;
    out.push_back(
        {.key = "threshold." + word,
         .type = Type::kNumber,
         .value_name = "P",
         .default_note = "the model card's",
         .help = "A text is flagged for " + std::string(category) + " from this probability on.",
         .least = 0,
         .most = 1});
  }
  return out;
}

std::vector<Setting> perspective() {
  return {
      {.key = "perspective.map",
       .type = Type::kSwitch,
       .default_value = "true",
       .help = "In the Perspective API's protocol, read scores on the scale of that service, so "
               "that thresholds keep their meaning; false answers the model's probabilities."},
      {.key = "perspective.unsupported",
       .type = Type::kChoice,
       .value_name = "WHAT",
       .default_value = "error",
       .help = "Attributes of the Perspective API that no model here answers, or not in the "
               "text's language: refuse the request as that service did, or leave them out.",
       .choices = {"error", "drop"}},
  };
}

std::vector<Setting> lists() {
  return {
      {.key = "lists.directory",
       .value_name = "DIR",
       .default_note = "in memory only",
       .help = "Folder of the blocklists, one JSON file each; what is changed over HTTP is written "
               "there. SIGHUP reads them again."},
  };
}

std::vector<Setting> logging() {
  return {
      {.key = "log.level",
       .type = Type::kChoice,
       .value_name = "LEVEL",
       .default_value = "info",
       .help = "Least severe lines that are logged (JSON lines on stderr).",
       .choices = {"debug", "info", "warn", "error"}},
      {.key = "log.access-sample",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "100",
       .help = "Logs one request in N; 1 logs all, 0 none. Answers with status 500 and above are "
               "always logged.",
       .least = 0,
       .most = 1e9},
  };
}

std::vector<Setting> metrics() {
  return {
      {.key = "metrics.token-file",
       .value_name = "FILE",
       .default_note = "no token",
       .help =
           "File with the bearer tokens, one a line, of which /metrics and /stats ask for one."},
      {.key = "metrics.token",
       .value_name = "TOKEN",
       .default_note = "no token",
       .help = "The token itself, where secrets come as variables; token-file is the better way.",
       .secret = true},
      {.key = "metrics.ignore-untemplated",
       .type = Type::kSwitch,
       .default_value = "false",
       .help = "Leave requests that match no route out of the http_* families."},
      {.key = "metrics.created-series",
       .type = Type::kSwitch,
       .default_value = "false",
       .help = "Export the _created series, as the original service did; hardly anybody graphs "
               "them and some backends bill them."},
  };
}

std::vector<Setting> tracing() {
  return {
      {.key = "tracing.endpoint",
       .value_name = "URL",
       .default_note = "none: no trace is recorded and no connection made",
       .help = "OpenTelemetry collector to which spans go by OTLP over HTTP: "
               "http://HOST[:4318][/v1/traces].",
       .url = true},
      {.key = "tracing.sample-ratio",
       .type = Type::kNumber,
       .value_name = "P",
       .default_value = "0.01",
       .help = "Share of the traces that begin here which are recorded. Whoever sends a "
               "traceparent decides for himself by its sampled flag.",
       .least = 0,
       .most = 1},
      {.key = "tracing.resource",
       .type = Type::kList,
       .value_name = "KEY=VALUE",
       .default_note = "service.name=dss, service.version, service.instance.id",
       .help = "Attributes of the resource that the spans belong to; what is named twice counts as "
               "given here."},
  };
}

std::vector<Setting> feedback() {
  return {
      {.key = "feedback.store",
       .value_name = "URL",
       .default_note = "none: nothing is kept",
       .help = "Where POST /feedback and comments:suggestscore are kept: sqlite:FILE or "
               "postgresql://USER@HOST/DATABASE. A password belongs into the environment or "
               "~/.pgpass, not on the command line.",
       .url = true},
      {.key = "feedback.key-file",
       .value_name = "FILE",
       .default_note = "FILE.key beside a SQLite database, made when it is missing",
       .help = "Key (64 hex digits) under which texts and client tokens are hashed before they "
               "are kept. PostgreSQL needs one."},
      {.key = "feedback.keep-text",
       .type = Type::kSwitch,
       .default_value = "false",
       .help = "Keep the text itself beside its hash."},
      {.key = "feedback.retention-days",
       .type = Type::kInteger,
       .value_name = "N",
       .default_value = "30",
       .help = "Kept texts are erased after so many days; labels, scores and hashes stay.",
       .least = 1,
       .most = 36500},
      {.key = "feedback.entry-retention-days",
       .type = Type::kInteger,
       .value_name = "N",
       .default_note = "they stay",
       .help = "Whole entries are deleted after so many days.",
       .least = 1,
       .most = 36500},
  };
}

std::vector<Setting> privacy() {
  return {
      {.key = "privacy.mask",
       .type = Type::kChoice,
       .value_name = "WHAT",
       .default_value = "store",
       .help = "Take e-mail addresses, telephone numbers and other personal data (dss anonymize "
               "--help) out of texts: before they are kept as feedback (store), before they are "
               "scored as well (score), or never (none).",
       .choices = {"none", "store", "score"}},
      {.key = "privacy.controller",
       .value_name = "TEXT",
       .default_note = "the record says that it is missing",
       .help = "Who answers for the processing of personal data, and how to reach them: stands in "
               "GET /privacy and dss privacy."},
      {.key = "privacy.core-dumps",
       .type = Type::kSwitch,
       .default_value = "false",
       .help =
           "Let a crash write the process's memory, with the texts in it, and debuggers attach. "
           "For developers."},
      {.key = "privacy.hash-key-file",
       .value_name = "FILE",
       .default_note = "no key: the strategy hash is refused",
       .help = "Key of at least 32 characters under which POST /anonymize and dss anonymize hash "
               "what they find."},
  };
}

std::vector<Setting> security() {
  return {
      {.key = "security.sandbox",
       .type = Type::kChoice,
       .value_name = "WHAT",
       .default_value = "auto",
       .help = "Let the kernel take from the server what it does not need once it serves: other "
               "files, other connections, other system calls. auto: as far as this kernel can; "
               "on: wholly, or refuse to start.",
       .choices = {"auto", "on", "off"}},
      {.key = "security.sandbox-read",
       .type = Type::kList,
       .value_name = "PATH",
       .default_note = "the folders of the files that the other settings name",
       .help = "Further files or folders that stay readable, such as one to which a link will be "
               "pointed before a SIGHUP."},
  };
}

std::vector<Setting> policies() {
  return {
      {.key = "policies.directory",
       .value_name = "DIR",
       .default_note = "no policies",
       .help = "Folder of policy files (*.toml), one a community; 'dss policy check' explains "
               "them. SIGHUP reads all of them again."},
  };
}

std::vector<Setting> http_limits() {
  const http::Limits defaults;
  std::vector<Setting> out;
  for (const http::LimitRow& row : http::limit_rows()) {
    out.push_back({.key = http_limit_key(row),
                   .type = Type::kInteger,
                   .value_name = row.unit.empty() ? "N" : std::string(row.unit),
                   .default_value = std::to_string(defaults.*row.value),
                   .help = "HTTP limit: " + std::string(row.help) + ".",
                   .least = static_cast<double>(row.least),
                   .most = static_cast<double>(row.most)});
  }
  return out;
}

config::Table make_table() {
  config::Table table;
  table.add(listening());
  table.add(authentication());
  table.add(tokens());
  table.add(quotas());
  table.add(proxies());
  table.add(scoring());
  table.add(encoder());
  table.add(thresholds());
  table.add(perspective());
  table.add(lists());
  table.add(logging());
  table.add(metrics());
  table.add(tracing());
  table.add(feedback());
  table.add(privacy());
  table.add(policies());
  table.add(security());
  table.add(http_limits());
  return table;
}

}  // namespace

std::string http_limit_key(const http::LimitRow& row) { return "http." + std::string(row.name); }

const config::Table& settings_table() {
  static const config::Table table = make_table();
  return table;
}

}  // namespace dss::app
