#include "app/documents/command_outline.h"
#include "app/documents/documents.h"

namespace dss::app {
namespace {

/// roff's special characters made plain.
std::string roff(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_start = i == 0 || text[i - 1] == '\n';
    if (line_start && (text[i] == '.' || text[i] == '\'')) out += "\\&";
    if (text[i] == '\\') {
      out += "\\e";
    } else if (text[i] == '-') {
      out += "\\-";
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string flag_entry(const FlagOutline& flag) {
  std::string names;
  for (const std::string& name : flag.names)
    names += (names.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
  if (!flag.value.empty()) names += " \\fI" + roff(flag.value) + "\\fR";
  return ".TP\n" + names + "\n" + roff(flag.help) + "\n";
}

std::string command_section(const CommandOutline& command) {
  std::string out = ".SS dss " + command.name + " [FLAGS]";
  if (!command.argument.empty()) out += " [" + roff(command.argument) + "]";
  out += "\n" + roff(command.summary) + "\n";
  if (!command.argument.empty())
    out += ".TP\n\\fI" + roff(command.argument) + "\\fR\n" + roff(command.argument_help) + "\n";
  for (const FlagOutline& flag : command.flags) out += flag_entry(flag);
  return out + ".PP\n.nf\n" + roff(command.examples) + ".fi\n";
}

}  // namespace

std::string man_page() {
  std::string out =
      ".TH DSS 1 \"\" \"Digital Social Score\" \"User Commands\"\n"
      ".SH NAME\ndss \\- scores how toxic a text is, behind HTTP or in bulk\n"
      ".SH SYNOPSIS\n.B dss\n.I COMMAND\n[\\fIFLAGS\\fR]\n.br\n.B dss\n.I TEXT\n"
      ".SH DESCRIPTION\n"
      "\\fBdss\\fR gives a text a score from 0 (harmless) to 100 (toxic), a level (low 0\\-24, "
      "medium 25\\-59, high "
      "60\\-84, extreme 85\\-100) and a calibrated probability for each of six categories. It "
      "needs no network.\n"
      "Words that name no command are scored as a text.\n"
      ".SH COMMANDS\n";
  for (const CommandOutline& command : outline_commands()) out += command_section(command);
  return out +
         ".SH EXIT STATUS\n"
         ".TP\n0\nSuccess.\n.TP\n1\nThe work, or some rows of it, failed.\n"
         ".TP\n2\nThe command line or the configuration is wrong.\n"
         ".SH ENVIRONMENT\nEvery setting has a variable; it stands in brackets behind the flag's "
         "explanation.\n"
         ".TP\n\\fBNO_COLOR\\fR\nIf set and not empty, nothing is coloured.\n"
         ".SH FILES\n.TP\n\\fI/etc/dss/dss.toml\\fR\nSettings, if no other file is named.\n"
         ".TP\n\\fI/usr/share/dss/models\\fR\nThe models of an installed package.\n";
}

}  // namespace dss::app
