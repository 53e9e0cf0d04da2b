#include "config/setting.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace dss::config {
namespace {

std::string range_text(const Setting& setting, bool whole) {
  const auto show = [](double bound) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, bound).ptr;
    return std::string(buffer, end);
  };
  std::string text = whole ? "a whole number" : "a number";
  const bool low = setting.least > -1e300;
  const bool high = setting.most < 1e300;
  if (low && high) return text + " from " + show(setting.least) + " to " + show(setting.most);
  if (low) return text + ", at least " + show(setting.least);
  if (high) return text + ", at most " + show(setting.most);
  return text;
}

tl::unexpected<base::Error> refuse(std::string_view text, const std::string& wanted) {
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "'" + std::string(text) + "' is not " + wanted);
}

template <typename T>
base::Result<std::string> canonical_number(const Setting& setting, std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const auto wide = static_cast<double>(value);
  const bool fits = error == std::errc() && end == text.data() + text.size() &&
                    std::isfinite(wide) && wide >= setting.least && wide <= setting.most;
  if (!fits) return refuse(text, range_text(setting, std::is_integral_v<T>));
  char buffer[32];
  return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

base::Result<std::string> canonical_switch(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (lower == "true" || lower == "1") return "true";
  if (lower == "false" || lower == "0") return "false";
  return refuse(text, "true or false");
}

base::Result<std::string> canonical_choice(const Setting& setting, std::string_view text) {
  std::string wanted;
  for (const std::string& choice : setting.choices) {
    if (text == choice) return choice;
    wanted += (wanted.empty() ? "" : ", ") + choice;
  }
  return refuse(text, "one of " + wanted);
}

std::string canonical_list(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view item = text.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (!item.empty()) out.append(out.empty() ? "" : ",").append(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

}  // namespace

std::string Setting::flag() const {
  if (secret) return {};
  std::string name = "--" + key;
  std::replace(name.begin(), name.end(), '.', '-');
  return name;
}

std::string Setting::environment_name() const {
  std::string name = "DSS_";
  for (const char c : key) {
    if (c == '.' || c == '-') {
      name += '_';
    } else {
      name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    }
  }
  return name;
}

base::Result<std::string> canonical(const Setting& setting, std::string_view text) {
  switch (setting.type) {
    case Type::kInteger:
      return canonical_number<std::int64_t>(setting, text);
    case Type::kNumber:
      return canonical_number<double>(setting, text);
    case Type::kSwitch:
      return canonical_switch(text);
    case Type::kChoice:
      return canonical_choice(setting, text);
    case Type::kList:
      return canonical_list(text);
    case Type::kText:
      break;
  }
  return std::string(text);
}

void Table::add(Setting setting) { settings_.push_back(std::move(setting)); }

void Table::add(const std::vector<Setting>& settings) {
  settings_.insert(settings_.end(), settings.begin(), settings.end());
}

const Setting* Table::find(std::string_view key) const {
  const auto found = std::find_if(settings_.begin(), settings_.end(),
                                  [&](const Setting& s) { return s.key == key; });
  return found == settings_.end() ? nullptr : &*found;
}

const Setting* Table::find_environment(std::string_view name) const {
  const auto found = std::find_if(settings_.begin(), settings_.end(),
                                  [&](const Setting& s) { return s.environment_name() == name; });
  return found == settings_.end() ? nullptr : &*found;
}

}  // namespace dss::config
