#include "app/documents/command_outline.h"

#include <algorithm>

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"

namespace dss::app {
namespace {

std::string trimmed(std::string text) {
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::vector<std::string> split_choices(const std::string& value) {
  std::vector<std::string> out;
  if (value.find('|') == std::string::npos) return out;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t bar = std::min(value.find('|', begin), value.size());
    out.push_back(value.substr(begin, bar - begin));
    begin = bar + 1;
  }
  return out;
}

FlagOutline outline_flag(const CLI::Option& option) {
  FlagOutline flag;
  for (const std::string& name : option.get_lnames()) flag.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) flag.names.push_back("-" + name);
  flag.value = trimmed(option.get_option_text());
  flag.choices = split_choices(flag.value);
  flag.group = option.get_group();
  flag.help = option.get_description();
  return flag;
}

CommandOutline outline(Command* command) {
  CLI::App app(std::string(command->summary()), std::string(command->name()));
  app.set_help_flag("-h,--help", "Show this help.")->group("Flags");
  command->declare(&app);
  CommandOutline out{
      app.get_name(), app.get_description(), std::string(command->examples()), {}, {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_positional()) {
      out.argument = option->get_option_text();
      out.argument_help = option->get_description();
    } else {
      out.flags.push_back(outline_flag(*option));
    }
  }
  return out;
}

}  // namespace

std::vector<CommandOutline> outline_commands() {
  std::vector<CommandOutline> out;
  for (const auto& command : make_commands()) out.push_back(outline(command.get()));
  return out;
}

}  // namespace dss::app
