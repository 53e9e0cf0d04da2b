#include "blocklist/matcher.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "base/utf8.h"
#include "blocklist/automaton.h"
#include "blocklist/expression.h"
#include "blocklist/words.h"

namespace dss::blocklist {
namespace {

struct Place {
  std::uint32_t item;
  std::size_t begin;  // bytes
  std::size_t end;
};

// A symbol that no word has.
constexpr Automaton::Symbol kUnknownWord = UINT32_MAX - 1;

class Words {
 public:
  void add(const Item& item, std::uint32_t value) {
    std::vector<Automaton::Symbol> sequence;
    for (const Word& word : reader().read(item.text)) {
      const auto next = static_cast<Automaton::Symbol>(symbols_.size());
      sequence.push_back(symbols_.try_emplace(std::string(word.letters), next).first->second);
    }
    automaton_.add(sequence, value);
  }
  void finish() { automaton_.finish(); }
  void find(std::string_view text, std::vector<Place>* places) const {
    if (automaton_.empty()) return;
    const std::vector<Word>& words = reader().read(text);
    Automaton::State state = Automaton::kStart;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto known = symbols_.find(words[i].letters);
      state = automaton_.step(state, known != symbols_.end() ? known->second : kUnknownWord);
      automaton_.matches(state, [&](std::uint32_t value, std::size_t length) {
        if (places->size() >= kMostMatches) return;
        places->push_back({value, words[i + 1 - length].begin, words[i].end});
      });
    }
  }

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  static WordReader& reader() {
    static thread_local WordReader reader;
    return reader;
  }

  Automaton automaton_;
  std::unordered_map<std::string, Automaton::Symbol, Hash, std::equal_to<>> symbols_;
};

class Exact {
 public:
  void add(const Item& item, std::uint32_t value) {
    std::vector<Automaton::Symbol> sequence;
    for (const char c : item.text) sequence.push_back(static_cast<unsigned char>(c));
    automaton_.add(sequence, value);
  }
  void finish() { automaton_.finish(); }
  void find(std::string_view text, std::vector<Place>* places) const {
    if (automaton_.empty()) return;
    Automaton::State state = Automaton::kStart;
    for (std::size_t i = 0; i < text.size(); ++i) {
      state = automaton_.step(state, static_cast<unsigned char>(text[i]));
      automaton_.matches(state, [&](std::uint32_t value, std::size_t length) {
        if (places->size() >= kMostMatches) return;
        places->push_back({value, i + 1 - length, i + 1});
      });
    }
  }

 private:
  Automaton automaton_;
};

class Patterns {
 public:
  Patterns() : set_(set_options(), RE2::UNANCHORED) {}
  void add(const Item& item, std::uint32_t value) {
    if (set_.Add(item.text, nullptr) < 0) return;
    patterns_.push_back({value, std::make_unique<RE2>(item.text, expression_options())});
    instructions_ +=
        static_cast<std::size_t>(std::max(0, patterns_.back().expression->ProgramSize()));
  }
  [[nodiscard]] std::size_t instructions() const { return instructions_; }
  void finish() { compiled_ = set_.Compile(); }
  void find(std::string_view text, std::vector<Place>* places) const {
    if (patterns_.empty()) return;
    std::vector<int> which;
    RE2::Set::ErrorInfo error{};
    if (!compiled_ || (!set_.Match(text, &which, &error) && error.kind != RE2::Set::kNoError)) {
      // Without the memory to look for all at once they are looked for one by one.
      for (const Pattern& pattern : patterns_) find_one(pattern, text, places);
      return;
    }
    for (const int i : which) find_one(patterns_[static_cast<std::size_t>(i)], text, places);
  }

 private:
  struct Pattern {
    std::uint32_t value;
    std::unique_ptr<RE2> expression;
  };
  static RE2::Options set_options() {
    RE2::Options options = expression_options();
    options.set_max_mem(kExpressionSetBytes);
    return options;
  }
  static void find_one(const Pattern& pattern, std::string_view text, std::vector<Place>* places) {
    re2::StringPiece found;
    if (places->size() >= kMostMatches) return;
    if (!pattern.expression->Match(text, 0, text.size(), RE2::UNANCHORED, &found, 1)) return;
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    places->push_back({pattern.value, begin, begin + found.size()});
  }

  RE2::Set set_;
  std::vector<Pattern> patterns_;
  std::size_t instructions_ = 0;
  bool compiled_ = false;
};

}  // namespace

struct Matcher::Parts {
  struct Known {
    const List* list;
    const Item* item;
  };
  std::vector<List> lists;
  std::vector<Known> items;
  Words words;
  Exact exact;
  Patterns patterns;

  void add(const List& list, const Item& item) {
    const auto value = static_cast<std::uint32_t>(items.size());
    items.push_back({&list, &item});
    if (item.kind == Kind::kWord) words.add(item, value);
    if (item.kind == Kind::kExact) exact.add(item, value);
    if (item.kind == Kind::kPattern) patterns.add(item, value);
  }
};

Matcher::Matcher(std::vector<List> lists) : parts_(std::make_unique<Parts>()) {
  parts_->lists = std::move(lists);
  for (const List& list : parts_->lists) {
    for (const Item& item : list.items) {
      if (check(item)) parts_->add(list, item);
    }
  }
  parts_->words.finish();
  parts_->exact.finish();
  parts_->patterns.finish();
}

Matcher::~Matcher() = default;

bool Matcher::empty() const { return parts_->lists.empty(); }
const std::vector<List>& Matcher::lists() const { return parts_->lists; }
std::size_t Matcher::instructions() const { return parts_->patterns.instructions(); }

std::vector<Match> Matcher::find(std::string_view text) const {
  std::vector<Place> places;
  parts_->words.find(text, &places);
  parts_->exact.find(text, &places);
  parts_->patterns.find(text, &places);
  std::stable_sort(places.begin(), places.end(),
                   [](const Place& a, const Place& b) { return a.begin < b.begin; });
  std::vector<Match> matches;
  matches.reserve(places.size());
  base::CodePointCounter begins(text);
  for (const Place& place : places) {
    const Parts::Known& known = parts_->items[place.item];
    const std::size_t begin = begins.at(place.begin);
    const std::size_t length =
        base::count_code_points(text.substr(place.begin, place.end - place.begin));
    matches.push_back(
        {.list = known.list->name, .item = known.item, .begin = begin, .end = begin + length});
  }
  return matches;
}

}  // namespace dss::blocklist
