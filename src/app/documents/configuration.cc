#include <string_view>

#include "app/documents/documents.h"
#include "app/settings_table.h"

namespace dss::app {
namespace {

constexpr std::string_view kPreface = R"(# Configuration

`dss serve` (and `dss score`, where a setting concerns it) takes each setting from the strongest of four layers:

1. a flag: `--log-level warn`
2. an environment variable: `DSS_LOG_LEVEL=warn`
3. a TOML file: `--config FILE`, else `DSS_CONFIG=FILE`, else `/etc/dss/dss.toml` if it is there
4. the default

Unknown flags, unknown keys of the file and unknown variables that begin with `DSS_` are errors; the message names the
nearest known one. (Variables that Kubernetes sets for a Service called `dss` are recognised and left alone, and so are
`DSS_BINARY` and `DSS_TEST_…`, which belong to the tests.) Lists are separated by commas; a list flag may also be
repeated. `dss serve --print-config` shows every value with its source, as a file that could be used again; secrets are
redacted.

In the file a dot in a key is a TOML table:

```toml
port = 9000

[log]
level = "warn"
```

`listen` and `port`: whichever stands on the stronger layer wins; both on the same layer is an error. Beyond the loopback
`dss serve` starts only with `auth` or with `allow-unauthenticated`; who then may read `/metrics` and `/stats`, the line
`listening` of the log says. `docs/authentication.md` explains keys, quotas and proxies.

<!-- Made from the settings table: UPDATE_DOCUMENTS=1 build/release/src/app/test_app -->

| key | flag | variable | default | meaning |
|---|---|---|---|---|
)";

std::string code(const std::string& text) { return text.empty() ? "–" : "`" + text + "`"; }

std::string values(const config::Setting& setting) {
  std::string out;
  for (const std::string& choice : setting.choices)
    out += (out.empty() ? " One of " : ", ") + code(choice);
  return out.empty() ? out : out + ".";
}

std::string row(const config::Setting& setting) {
  const std::string shown =
      setting.default_value.empty() ? setting.default_note : code(setting.default_value);
  const std::string flag = setting.secret ? "– (secret)" : code(setting.flag());
  return "| " + code(setting.key) + " | " + flag + " | " + code(setting.environment_name()) +
         " | " + shown + " | " + setting.help + values(setting) + " |\n";
}

}  // namespace

std::string configuration_markdown() {
  std::string out(kPreface);
  for (const config::Setting& setting : settings_table().settings()) out += row(setting);
  return out;
}

}  // namespace dss::app
