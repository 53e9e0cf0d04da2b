#include "tokenizer/ngrams.h"

#include <algorithm>
#include <bit>

#include "base/utf8.h"
#include "tokenizer/character_ngrams.h"

namespace dss::tokenizer {
namespace {

constexpr std::size_t kLoad = kCharactersLoad;
constexpr std::size_t kChunk = 32;  // bytes copied at once: nearly every word fits
constexpr char kBlank = ' ';

bool is_ascii(const char* bytes, std::size_t size) {
  std::uint64_t seen = 0;
  for (; size >= kLoad; size -= kLoad, bytes += kLoad) {
    std::uint64_t loaded = 0;
    std::memcpy(&loaded, bytes, kLoad);
    seen |= loaded;
  }
  for (; size > 0; --size) seen |= static_cast<unsigned char>(*bytes++);
  return (seen & 0x8080808080808080U) == 0;
}

}  // namespace

void Ngrams::clear() {
  size_ = 0;
  units_.clear();
  pairs_.clear();
}

std::uint32_t* Ngrams::room(std::size_t more) {
  if (buffer_.size() - size_ < more) buffer_.resize(std::max(2 * buffer_.size(), size_ + more));
  return buffer_.data() + size_;
}

void NgramReader::read(std::string_view text, std::span<const std::size_t> shouts, Ngrams* out) {
  text_ = text;
  out_ = out;
  out_->clear();
  has_previous_ = false;
  parts_ = 0;
  shouted_ = 0;
  WordReader reader(text);
  for (Word word; reader.next(&word);) {
    if (word.kind == WordKind::kSign) {
      close_unit();
      take_sign(word.range);
      continue;
    }
    const bool continues = parts_ > 0 && forms_compound(text, range_, word.range);
    if (!continues) close_unit();
    range_ = {continues ? range_.begin : word.range.begin, word.range.end};
    ++parts_;
    masked_ |= word.masked;
    take_word(word.range);
    if (shouted_ < shouts.size()) take_shouts(shouts, word.range.begin);
  }
  close_unit();
}

void NgramReader::take_sign(const ByteRange& range) {
  append(hash_bytes(Kind::kWord, range.of(text_)));
  out_->units_.push_back({range, static_cast<std::uint32_t>(out_->size_)});
}

void NgramReader::take_word(const ByteRange& range) {
  const std::uint32_t hash = append_word(range.of(text_), text_.size() - range.begin);
  if (has_previous_) {
    if (previous_unit_ != unit()) {
      out_->pairs_.push_back({static_cast<std::uint32_t>(out_->size_), previous_unit_});
    }
    append(hash_pair(previous_hash_, hash));
  }
  has_previous_ = true;
  previous_hash_ = hash;
  previous_unit_ = unit();
}

void NgramReader::take_shouts(std::span<const std::size_t> shouts, std::size_t begin) {
  while (shouted_ < shouts.size() && shouts[shouted_] <= begin) {
    ++shouted_;
    if (!std::has_single_bit(shouted_) || shouted_ > kMostShouts) continue;
    const char step = static_cast<char>('0' + shouted_);
    append(hash_bytes(Kind::kShout, {&step, 1}));
  }
}

void NgramReader::close_unit() {
  if (parts_ == 0) return;
  if ((parts_ > 1 || masked_) && join()) (void)append_word(joined_, joined_.size());
  out_->units_.push_back({range_, static_cast<std::uint32_t>(out_->size_)});
  parts_ = 0;
  masked_ = false;
}

// Appends the hash of the word, which is returned, and those of its characters. `readable` bytes
// may be loaded from the word's begin on.
std::uint32_t NgramReader::append_word(std::string_view word, std::size_t readable) {
  const std::size_t length = word.size() + 2;
  const std::size_t size = length + kChunk + kLoad;
  if (padded_.size() < size) padded_.resize(2 * size);
  char* const padded = padded_.data();
  padded[0] = kBlank;
  if (word.size() <= kChunk && readable >= kChunk) {
    std::memcpy(padded + 1, word.data(), kChunk);
  } else {
    std::memcpy(padded + 1, word.data(), word.size());
  }
  padded[length - 1] = kBlank;
  std::uint32_t* const hashes = out_->room(2 * length);
  const std::uint32_t hash = hash_bytes(Kind::kWord, word);
  hashes[0] = hash;
  const std::uint32_t* const end = is_ascii(padded, length)
                                       ? hash_ascii_characters(padded, length, hashes + 1)
                                       : hash_any_characters(length, hashes + 1);
  out_->size_ += static_cast<std::size_t>(end - hashes);
  return hash;
}

// Of the first `length` bytes of padded_, which hold characters of several bytes. One past the last
// hash.
std::uint32_t* NgramReader::hash_any_characters(std::size_t length, std::uint32_t* out) {
  const std::string_view text(padded_.data(), length);
  starts_.clear();
  for (std::size_t at = 0; at < length;) {
    starts_.push_back(static_cast<std::uint32_t>(at));
    (void)base::next_code_point(text, &at);
  }
  starts_.push_back(static_cast<std::uint32_t>(length));
  const std::size_t count = starts_.size() - 1;
  for (std::size_t first = 0; first + kShortestCharacters <= count; ++first) {
    const std::size_t most = std::min(kLongestCharacters, count - first);
    for (std::size_t n = kShortestCharacters; n <= most; ++n) {
      const std::size_t size = starts_[first + n] - starts_[first];
      *out++ = hash_characters(text.substr(starts_[first], size));
    }
  }
  return out;
}

// Makes the joined reading of the open unit; false if that is too long for one.
bool NgramReader::join() {
  joined_.clear();
  WordReader reader(range_.of(text_));
  for (Word word; reader.next(&word);) {
    for (const char c : word.range.of(range_.of(text_))) {
      if (c != '*') joined_ += c;
    }
    if (joined_.size() > kLongestCompound) return false;
  }
  return true;
}

}  // namespace dss::tokenizer
