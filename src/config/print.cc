#include "base/url.h"
#include "config/settings.h"
#include "config/toml_file.h"

namespace dss::config {
namespace {

std::string list_literal(const std::vector<std::string>& items) {
  std::string out = "[";
  for (const std::string& item : items) out += (out.size() > 1 ? ", " : "") + toml_string(item);
  return out + "]";
}

std::string literal(const Settings& settings, const Setting& setting) {
  if (setting.secret) return "\"(redacted)\"";
  if (setting.url) return toml_string(base::without_password(settings.text(setting.key)));
  switch (setting.type) {
    case Type::kInteger:
    case Type::kNumber:
    case Type::kSwitch:
      return settings.text(setting.key);
    case Type::kList:
      return list_literal(settings.list(setting.key));
    default:
      return toml_string(settings.text(setting.key));
  }
}

std::string line(const Settings& settings, const Setting& setting) {
  if (!settings.has(setting.key)) {
    const std::string note = setting.default_note.empty() ? "" : ": " + setting.default_note;
    return "# " + setting.key + " is unset" + note + "\n";
  }
  std::string text = setting.key + " = " + literal(settings, setting);
  text.resize(std::max<std::size_t>(text.size(), 47), ' ');
  return text + "  # " + settings.source(setting.key) + "\n";
}

}  // namespace

std::string Settings::source(std::string_view key) const {
  const Value& found = value(key);
  for (const Setting& setting : settings_) {
    if (setting.key != key) continue;
    if (found.layer == Layer::kFlag) return "flag " + setting.flag();
    if (found.layer == Layer::kEnvironment) return "environment " + setting.environment_name();
  }
  return found.layer == Layer::kFile ? file_ : "default";
}

std::string Settings::print() const {
  std::string out;
  for (const Setting& setting : settings_) out += line(*this, setting);
  return out;
}

}  // namespace dss::config
