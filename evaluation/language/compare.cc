// Runs this project's detector and CLD2 over the same texts.
//   language_compare < texts > answers         for each line: our code, our confidence, CLD2's
//   code, CLD2's reliability language_compare --time < texts            nanoseconds per text of
//   both, best of several rounds
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "cld2/public/compact_lang_det.h"
#include "cld2/public/encodings.h"
#include "language/detector.h"

namespace {

struct PeerAnswer {
  const char* code;
  bool reliable;
};

PeerAnswer cld2(const std::string& text) {
  CLD2::Language top[3];
  int percent[3];
  double score[3];
  int bytes = 0;
  bool reliable = false;
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const auto language =
      CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, &no_hints, 0,
                                     top, percent, score, nullptr, &bytes, &reliable);
  return {CLD2::LanguageCode(language), reliable};
}

void print_answers(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    const auto ours = dss::language::detect(text);
    const auto peer = cld2(text);
    std::printf("%.*s\t%.4f\t%s\t%d\n", static_cast<int>(ours.code.size()), ours.code.data(),
                ours.confidence, peer.code, peer.reliable);
  }
}

double best_nanoseconds(const std::vector<std::string>& texts,
                        const std::function<void(const std::string&)>& run) {
  using Clock = std::chrono::steady_clock;
  double best = 1e18;
  for (int round = 0; round < 7; ++round) {
    const auto start = Clock::now();
    for (const std::string& text : texts) run(text);
    best = std::min(best, std::chrono::duration<double, std::nano>(Clock::now() - start).count());
  }
  return best / static_cast<double>(texts.size());
}

void print_times(const std::vector<std::string>& texts) {
  std::size_t sink = 0;
  const double ours = best_nanoseconds(
      texts, [&](const std::string& t) { sink += dss::language::detect(t).code.size(); });
  const double peer =
      best_nanoseconds(texts, [&](const std::string& t) { sink += std::strlen(cld2(t).code); });
  std::printf("ours %.0f ns, CLD2 %.0f ns per text, %.1f times as fast (%zu texts)\n", ours, peer,
              peer / ours, sink > 0 ? texts.size() : 0);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> texts;
  for (std::string line; std::getline(std::cin, line);) texts.push_back(line);
  const bool timed = argc == 2 && std::strcmp(argv[1], "--time") == 0;
  (timed ? print_times : print_answers)(texts);
  return 0;
}
