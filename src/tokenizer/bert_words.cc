#include "tokenizer/bert_words.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "base/utf8.h"

namespace dss::tokenizer {
namespace {

// Writes a code point to `out` and returns the number of bytes.
std::size_t encode(char32_t c, char* out) {
  const auto put = [out](std::size_t i, char32_t byte) { out[i] = static_cast<char>(byte); };
  const auto tail = [&](std::size_t i, unsigned shift) { put(i, 0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return put(0, c), 1;
  if (c < 0x800) return put(0, 0xC0 | (c >> 6)), tail(1, 0), 2;
  if (c < 0x10000) return put(0, 0xE0 | (c >> 12)), tail(1, 6), tail(2, 0), 3;
  return put(0, 0xF0 | (c >> 18)), tail(1, 12), tail(2, 6), tail(3, 0), 4;
}

}  // namespace

void BertWord::add(char32_t code_point, std::uint32_t begin, std::uint32_t end) {
  if (characters_ == 0) begin_ = begin;
  end_ = end;
  if (++characters_ > kMaxCharacters) return;
  const std::size_t size = encode(code_point, bytes_.data() + size_);
  std::fill_n(begins_.begin() + size_, size, begin);
  std::fill_n(ends_.begin() + size_, size, end);
  size_ += size;
}

const BertWord& BertWordReader::next(std::size_t* at) {
  word_.clear();
  while (*at < text_.size()) {
    const std::size_t begin = *at;
    const char32_t code_point = base::next_code_point(text_, at);
    const Step step =
        read(code_point, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(*at));
    if (step == Step::kGoOn) continue;
    if (step == Step::kWordEndedBefore) *at = begin;
    break;
  }
  add_marks();
  return word_;
}

BertWordReader::Step BertWordReader::read(char32_t code_point, std::uint32_t begin,
                                          std::uint32_t end) {
  const std::uint16_t action = characters_.action(code_point);
  switch (action) {
    case BertCharacters::kRemove:
      return Step::kGoOn;
    case BertCharacters::kSpace:
      return between_words() ? Step::kGoOn : Step::kWordEnds;
    case BertCharacters::kAlone:
      return stand_alone(code_point, begin, end);
    case BertCharacters::kKeep:
      add_marks();
      word_.add(code_point, begin, end);
      return Step::kGoOn;
    default:
      return rewrite(action, begin, end);
  }
}

BertWordReader::Step BertWordReader::rewrite(std::uint16_t action, std::uint32_t begin,
                                             std::uint32_t end) {
  const auto outputs = characters_.rewriting(action);
  if (outputs.empty()) add_marks();
  for (const BertOutput& output : outputs) {
    if (output.alone) return stand_alone(output.code_point, begin, end);
    if (output.combining_rank != 0) {
      marks_.push_back({output, begin, end});
    } else {
      add_marks();
      word_.add(output.code_point, begin, end);
    }
  }
  return Step::kGoOn;
}

BertWordReader::Step BertWordReader::stand_alone(char32_t code_point, std::uint32_t begin,
                                                 std::uint32_t end) {
  if (!between_words()) return Step::kWordEndedBefore;
  word_.add(code_point, begin, end);
  return Step::kWordEnds;
}

// Canonical ordering moves the marks; the places stay in the order of the text, as those of
// Hugging Face do.
void BertWordReader::add_marks() {
  if (marks_.empty()) return;
  std::vector<std::size_t> order(marks_.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [this](std::size_t at) {
    return std::pair(marks_[at].output.combining_rank, at);
  });
  for (std::size_t i = 0; i < order.size(); ++i) {
    word_.add(marks_[order[i]].output.code_point, marks_[i].begin, marks_[i].end);
  }
  marks_.clear();
}

}  // namespace dss::tokenizer
