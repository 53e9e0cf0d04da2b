#include <algorithm>

#include "app/documents/command_outline.h"
#include "app/documents/documents.h"

namespace dss::app {
namespace {

std::string join(const std::vector<std::string>& words, const char* between) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : between) + word;
  return out;
}

std::string flag_names(const CommandOutline& command) {
  std::vector<std::string> names;
  for (const FlagOutline& flag : command.flags)
    names.insert(names.end(), flag.names.begin(), flag.names.end());
  return join(names, " ");
}

bool takes_path(const FlagOutline& flag) { return flag.value == "FILE" || flag.value == "DIR"; }

/// The first sentence, without what would end a quoted shell word or a zsh description.
std::string short_help(const std::string& help) {
  std::string out = help.substr(0, std::min(help.find(". "), help.find(" [")));
  if (out.ends_with('.')) out.pop_back();
  std::string plain;
  for (const char c : out) {
    if (c == '\'' || c == '"' || c == '`') continue;
    plain += c == '[' ? '(' : c == ']' ? ')' : c == ':' ? ';' : c;
  }
  return plain;
}

std::string bash_values(const FlagOutline& flag) {
  const std::string pattern = join(flag.names, "|");
  if (!flag.choices.empty()) {
    return "    " + pattern + ") COMPREPLY=($(compgen -W \"" + join(flag.choices, " ") +
           "\" -- \"$word\")); return ;;\n";
  }
  if (takes_path(flag))
    return "    " + pattern + ") COMPREPLY=($(compgen -f -- \"$word\")); return ;;\n";
  return flag.value.empty() ? "" : "    " + pattern + ") return ;;\n";
}

std::string zsh_flag(const FlagOutline& flag) {
  std::string out;
  for (const std::string& name : flag.names) {
    out += "        '" + name + "[" + short_help(flag.help) + "]";
    if (!flag.choices.empty()) {
      out += ":value:(" + join(flag.choices, " ") + ")";
    } else if (takes_path(flag)) {
      out += ":file:_files";
    } else if (!flag.value.empty()) {
      out += ":value:";
    }
    out += "' \\\n";
  }
  return out;
}

std::string fish_flag(const CommandOutline& command, const FlagOutline& flag) {
  std::string out = "complete -c dss -n '__fish_seen_subcommand_from " + command.name + "'";
  for (const std::string& name : flag.names)
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!flag.choices.empty()) {
    out += " -x -a '" + join(flag.choices, " ") + "'";
  } else if (!flag.value.empty()) {
    out += takes_path(flag) ? " -r -F" : " -x";
  }
  return out + " -d '" + short_help(flag.help) + "'\n";
}

std::vector<std::string> command_names(const std::vector<CommandOutline>& commands) {
  std::vector<std::string> names;
  names.reserve(commands.size());
  for (const CommandOutline& command : commands) names.push_back(command.name);
  return names;
}

}  // namespace

std::string bash_completion() {
  const auto commands = outline_commands();
  std::string out =
      "# bash completion for dss\n"
      "_dss() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} flags=\"\"\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n"
      "    COMPREPLY=($(compgen -f -W \"" +
      join(command_names(commands), " ") +
      " --help --version\" -- \"$word\"))\n    return\n  fi\n  case ${COMP_WORDS[1]}:$previous "
      "in\n";
  for (const CommandOutline& command : commands) {
    for (const FlagOutline& flag : command.flags) {
      FlagOutline qualified = flag;
      for (std::string& name : qualified.names) name.insert(0, command.name + ":");
      out += bash_values(qualified);
    }
  }
  out += "  esac\n  case ${COMP_WORDS[1]} in\n";
  for (const CommandOutline& command : commands)
    out += "    " + command.name + ") flags=\"" + flag_names(command) + "\" ;;\n";
  return out +
         "  esac\n"
         "  if [[ $word == -* ]]; then\n"
         "    COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
         "  else\n"
         "    COMPREPLY=($(compgen -f -- \"$word\"))\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -F _dss dss\n";
}

std::string zsh_completion() {
  const auto commands = outline_commands();
  std::string out = "#compdef dss\n\n_dss() {\n  local -a commands\n  commands=(\n";
  for (const CommandOutline& command : commands)
    out += "    '" + command.name + ":" + short_help(command.summary) + "'\n";
  out +=
      "  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    _files\n"
      "    return\n"
      "  fi\n"
      "  case $words[2] in\n";
  for (const CommandOutline& command : commands) {
    out += "    " + command.name + ")\n      _arguments \\\n";
    for (const FlagOutline& flag : command.flags) out += zsh_flag(flag);
    out += "        '*:file:_files'\n      ;;\n";
  }
  return out + "  esac\n}\n\n_dss \"$@\"\n";
}

std::string fish_completion() {
  const auto commands = outline_commands();
  std::string out = "# fish completion for dss\n";
  for (const CommandOutline& command : commands) {
    out += "complete -c dss -n __fish_use_subcommand -a " + command.name + " -d '" +
           short_help(command.summary) + "'\n";
  }
  for (const CommandOutline& command : commands) {
    for (const FlagOutline& flag : command.flags) out += fish_flag(command, flag);
  }
  return out;
}

}  // namespace dss::app
