// How `--help` looks: flag on one line, its explanation wrapped below, examples at the end.
#pragma once

#include "CLI/App.hpp"
#include "CLI/Config.hpp"
#include "CLI/Formatter.hpp"

namespace dss::app {

/// A CLI11 formatter; needs no terminal and wraps at 88 columns.
class HelpFormatter final : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string name) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
};

/// `text` broken at spaces so that no line is longer than `width`, each line behind `indent` spaces
/// and ended by a newline.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace dss::app
