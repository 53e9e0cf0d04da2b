#include "app/score/table.h"

#include <fmt/format.h>

#include <cmath>

#include "api/verdict.h"
#include "base/utf8.h"

namespace dss::app {
namespace {

constexpr std::size_t kBarWidth = 20;
constexpr std::size_t kTextWidth = 48;

std::string_view colour_of(api::Level level) {
  switch (level) {
    case api::Level::kLow:
      return "\x1B[32m";
    case api::Level::kMedium:
      return "\x1B[33m";
    case api::Level::kHigh:
      return "\x1B[31m";
    case api::Level::kExtreme:
      break;
  }
  return "\x1B[1;31m";
}

std::string paint(std::string text, std::string_view code, bool colour) {
  if (!colour) return text;
  return std::string(code) + text + "\x1B[0m";
}

std::string bar(float share) {
  std::string out;
  const auto full = static_cast<std::size_t>(std::lround(share * kBarWidth));
  for (std::size_t i = 0; i < kBarWidth; ++i) out += i < full ? "█" : "·";
  return out;
}

std::string category_lines(const scoring::Outcome& outcome, const std::vector<float>& thresholds,
                           bool colour) {
  std::string out;
  for (std::size_t i = 0; i < outcome.scores.count; ++i) {
    const float p = outcome.scores.probability[i];
    const bool flagged = p >= thresholds[i];
    const std::string line =
        fmt::format("  {:<14} {}  {:.3f}", outcome.card->labels[i].name, bar(p), p);
    out += flagged ? paint(line + "  flagged", "\x1B[31m", colour) : line;
    out += '\n';
  }
  return out;
}

std::string language_line(const scoring::Outcome& outcome) {
  if (outcome.language == "und") return "language        not recognised\n";
  std::string line = fmt::format("language        {}", outcome.language);
  if (!outcome.language_supported) line += " (the model was not trained for it)";
  return line + "\n";
}

std::string remarks(const scoring::Outcome& outcome) {
  std::string out;
  if (outcome.uncertain) out += "uncertain       close to the threshold; better seen by a person\n";
  if (outcome.deobfuscated) out += "de-obfuscated   disguised words were read as what they mean\n";
  if (outcome.truncated) out += "truncated       a part of the text was not read\n";
  return out;
}

std::string flagged_names(const scoring::Outcome& outcome, const std::vector<float>& thresholds) {
  std::string out;
  for (std::size_t i = 0; i < outcome.scores.count; ++i) {
    if (outcome.scores.probability[i] < thresholds[i]) continue;
    out += (out.empty() ? "" : " ") + outcome.card->labels[i].name;
  }
  return out.empty() ? "-" : out;
}

}  // namespace

std::string text_table(const scoring::Outcome& outcome, const std::vector<float>& thresholds,
                       std::string_view model, bool colour) {
  const auto verdict = api::verdict_of(outcome).value_or(api::Verdict{});
  std::string out =
      paint(fmt::format("score {:>3}   {}", verdict.score, api::level_name(verdict.level)),
            colour_of(verdict.level), colour);
  out += fmt::format("   (confidence {:.3f})\n\n", verdict.confidence);
  out += category_lines(outcome, thresholds, colour);
  out += "\n" + language_line(outcome) + remarks(outcome);
  return out + fmt::format("model           {} {}\n", model, outcome.card->version);
}

std::string row_heading() { return "  line  score  level    flagged                      text\n"; }

std::string row_line(std::size_t line, const scoring::Outcome& outcome,
                     const std::vector<float>& thresholds, std::string_view text, bool colour) {
  const auto verdict = api::verdict_of(outcome).value_or(api::Verdict{});
  const std::string level =
      fmt::format("{:>5}  {:<7}", verdict.score, api::level_name(verdict.level));
  return fmt::format("{:>6}  {}  {:<27}  {}\n", line,
                     paint(level, colour_of(verdict.level), colour),
                     flagged_names(outcome, thresholds), shorten(text, kTextWidth));
}

std::string error_line(std::size_t line, std::string_view cause, bool colour) {
  const std::string text = fmt::format("    -  error    {}", cause);
  return fmt::format("{:>6}  {}\n", line, paint(text, "\x1B[31m", colour));
}

std::string shorten(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    const std::size_t begin = at;
    const char32_t c = base::next_code_point(text, &at);
    if (count + 1 == width && at < text.size()) return out + "…";
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
      out += ' ';
    } else {
      out += text.substr(begin, at - begin);
    }
  }
  return out;
}

}  // namespace dss::app
