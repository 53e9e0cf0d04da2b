#include "app/command_line.h"

#include <algorithm>
#include <cstdio>

#include "app/command.h"
#include "app/exit_status.h"
#include "app/help_formatter.h"
#include "app/output.h"
#include "app/version.h"
#include "config/nearest.h"

namespace dss::app {
namespace {

using Commands = std::vector<std::unique_ptr<Command>>;

int fail_with(int status, const std::string& message) {
  std::fputs(("dss: " + message + "\n").c_str(), stderr);
  return status;
}

int fail_with(const base::Error& error) {
  return fail_with(exit_status(error.kind), error.message);
}

int print(std::string_view text) {
  const base::Status written = write_output(text);
  return written ? kSuccess : fail_with(written.error());
}

std::string main_help(const Commands& commands) {
  std::string help =
      "dss scores how toxic a text is, from 0 to 100, behind HTTP or in bulk.\n\n"
      "Usage: dss COMMAND [FLAGS]\n"
      "       dss TEXT                 the same as: dss score TEXT\n\n"
      "Commands:\n";
  for (const auto& command : commands) {
    std::string name(command->name());
    name.resize(std::max<std::size_t>(name.size(), 10), ' ');
    help += "  " + name + std::string(command->summary()) + "\n";
  }
  return help +
         "\nExamples:\n"
         "  dss \"you are a fool\"              score one text\n"
         "  dss score comments.csv            score a file, whatever its length\n"
         "  dss serve                         serve on http://localhost:8000\n"
         "  curl -d '{\"text\": \"you are a fool\"}' -H 'Content-Type: application/json' "
         "localhost:8000/analyze\n\n"
         "'dss COMMAND --help' tells about one command; 'dss --version' tells what this build is.\n"
         "Exit status: 0 success, 1 the work (or some rows of it) failed, 2 wrong command line or "
         "configuration.\n";
}

Command* find(const Commands& commands, std::string_view name) {
  const auto found = std::find_if(commands.begin(), commands.end(),
                                  [&](const auto& command) { return command->name() == name; });
  return found == commands.end() ? nullptr : found->get();
}

std::vector<std::string> flags_of(Command* command) {
  CLI::App app("", std::string(command->name()));
  command->declare(&app);
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  return flags;
}

/// The command that has exactly this flag, for `dss --port 9000`.
std::string_view owner_of(const Commands& commands, const std::string& flag) {
  for (const auto& command : commands) {
    const auto flags = flags_of(command.get());
    if (std::find(flags.begin(), flags.end(), flag) != flags.end()) return command->name();
  }
  return {};
}

std::string unexpected(const Commands& commands, const CLI::App& app, const std::string& word) {
  const std::string see = "; see 'dss " + app.get_name() + " --help'";
  if (word.size() < 2 || word[0] != '-')
    return "one argument too many for 'dss " + app.get_name() + "'; quote a text that has spaces" +
           see;
  const std::string flag = word.substr(0, word.find('='));
  std::string message = "unknown flag '" + flag + "' for 'dss " + app.get_name() + "'";
  const std::string_view owner = owner_of(commands, flag);
  if (!owner.empty()) return message + "; it belongs to 'dss " + std::string(owner) + "'";
  std::vector<std::string> flags;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
  }
  const std::string hint = config::did_you_mean(flag, flags);
  return message + (hint.empty() ? see : hint);
}

/// CLI11's own wording, made to name the cure.
std::string explain(const CLI::ParseError& error, const CLI::App& app) {
  std::string cause = error.what();
  if (error.get_name() == "ArgumentMismatch")
    cause = cause.substr(0, cause.find(':')) + " needs a value";
  return cause + "; see 'dss " + app.get_name() + " --help'";
}

/// CLI11 puts two empty lines between groups; one is enough.
std::string tidy(std::string help) {
  for (std::size_t at = 0; (at = help.find("\n\n\n", at)) != std::string::npos;) help.erase(at, 1);
  return help;
}

int run_command(const Commands& commands, Command* command, std::vector<std::string> arguments) {
  CLI::App app(std::string(command->summary()), std::string(command->name()));
  app.formatter(std::make_shared<HelpFormatter>());
  app.allow_extras();
  app.footer(std::string(command->examples()));
  app.set_help_flag("-h,--help", "Show this help.")->group("Flags");
  command->declare(&app);
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    return print(tidy(app.help()));
  } catch (const CLI::ParseError& error) {
    return fail_with(kUsage, explain(error, app));
  }
  std::vector<std::string> rest = app.remaining();
  std::erase(rest, "--");  // CLI11 passes on the mark behind which nothing is a flag
  if (!rest.empty()) return fail_with(kUsage, unexpected(commands, app, rest.front()));
  const base::Result<int> status = command->run();
  return status ? *status : fail_with(status.error());
}

/// A lone lower-case word one slip away from a command's name is more likely that command than a
/// text.
std::string_view mistyped_command(const Commands& commands,
                                  const std::vector<std::string>& arguments) {
  const std::string& word = arguments.front();
  for (const auto& command : commands) {
    if (config::edit_distance(word, command->name()) == 1) return command->name();
  }
  return {};
}

}  // namespace

int run_command_line(std::vector<std::string> arguments) {
  const Commands commands = make_commands();
  if (arguments.empty()) {
    std::fputs(main_help(commands).c_str(), stderr);
    return kUsage;
  }
  const std::string first = arguments.front();
  if (first == "--help" || first == "-h" || (first == "help" && arguments.size() == 1)) {
    return print(main_help(commands));
  }
  if (first == "--version" || first == "-V") {
    return print(version_line() + "\n");
  }
  if (first == "help") {
    if (Command* asked = find(commands, arguments[1]))
      return run_command(commands, asked, {"--help"});
  }
  if (Command* command = find(commands, first)) {
    arguments.erase(arguments.begin());
    return run_command(commands, command, std::move(arguments));
  }
  const std::string_view meant = mistyped_command(commands, arguments);
  if (!meant.empty()) {
    return fail_with(kUsage, "unknown command '" + first + "'; did you mean '" +
                                 std::string(meant) + "'? To score it as a text: dss score '" +
                                 first + "'");
  }
  if (Command* score = find(commands, "score"))
    return run_command(commands, score, std::move(arguments));
  return fail_with(kUsage, "unknown command '" + first + "'; see 'dss --help'");
}

}  // namespace dss::app
