#include "app/help_formatter.h"

namespace dss::app {
namespace {

constexpr std::size_t kWidth = 88;

}  // namespace

std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out;
  const std::size_t room = width > indent + 1 ? width - indent : 1;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > room) {
      end = text.rfind(' ', room);
      if (end == std::string_view::npos || end == 0) end = std::min(text.find(' '), text.size());
    }
    out.append(indent, ' ').append(text.substr(0, end)) += '\n';
    text.remove_prefix(end);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return out;
}

std::string HelpFormatter::make_usage(const CLI::App* app, std::string /*name*/) const {
  std::string usage = "Usage: dss " + app->get_name() + " [FLAGS]";
  for (const CLI::Option* option :
       app->get_options([](const CLI::Option* o) { return o->get_positional(); }))
    usage += " [" + option->get_option_text() + "]";
  return usage + "\n";
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  std::string head = "  ";
  if (!is_positional) head += option->get_name(false, true) + " ";
  head += option->get_option_text();
  while (head.back() == ' ') head.pop_back();
  return head + "\n" + wrap(option->get_description(), 6, kWidth);
}

}  // namespace dss::app
