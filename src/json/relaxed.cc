#include "json/relaxed.h"

#include <algorithm>

namespace dss::json {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

// One walk from left to right. A comma is held back until it is known what follows it.
class Rewriter {
 public:
  explicit Rewriter(std::string_view text) : text_(text) { out_.reserve(text.size() + 64); }

  std::string run() {
    while (at_ < text_.size()) step();
    release_comma();
    return std::move(out_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (is_space(c)) return copy_space();
    if (c == '/' && skip_comment()) return;
    if (c == ',') return hold_comma();
    if (c == '}' || c == ']') return close(c);
    release_comma();
    if (c == '"') return copy_string();
    if (c == '\'') return requote();
    if (begins_name(c)) return copy_word();
    last_ = c;
    out_.push_back(text_[at_++]);
  }

  // Space behind a held comma waits with it, so that strict JSON keeps its bytes.
  void copy_space() { (comma_ ? held_ : out_).push_back(text_[at_++]); }

  void hold_comma() {
    release_comma();
    comma_ = true;
    held_.assign(1, ',');
    ++at_;
  }

  void release_comma() {
    if (!comma_) return;
    comma_ = false;
    last_ = ',';
    out_ += held_;
  }

  // Only a comma behind a value may go: `[,]` stays wrong.
  void close(char bracket) {
    const bool nothing_before = last_ == ',' || last_ == '[' || last_ == '{' || last_ == ':';
    if (comma_ && !nothing_before) {
      comma_ = false;
      out_.append(held_, 1);
    }
    release_comma();
    last_ = bracket;
    out_.push_back(text_[at_++]);
  }

  bool skip_comment() {
    const std::string_view rest = text_.substr(at_);
    if (rest.starts_with("//")) {
      at_ += std::min(rest.find('\n'), rest.size());
      return true;
    }
    const std::size_t end = rest.starts_with("/*") ? rest.find("*/", 2) : rest.npos;
    if (end == rest.npos) return false;
    at_ += end + 2;
    // What stood on both sides must not grow together.
    (comma_ ? held_ : out_).push_back(' ');
    return true;
  }

  // One past the closing quote, or the text's end.
  [[nodiscard]] std::size_t string_end() const {
    const char quote = text_[at_];
    std::size_t i = at_ + 1;
    while (i < text_.size() && text_[i] != quote) i += text_[i] == '\\' ? 2 : 1;
    return std::min(i + 1, text_.size());
  }

  void copy_string() {
    const std::size_t end = string_end();
    out_.append(text_, at_, end - at_);
    at_ = end;
    last_ = '"';
  }

  void requote() {
    const std::size_t end = string_end();
    out_.push_back('"');
    for (++at_; at_ < end && text_[at_] != '\''; ++at_) {
      if (text_[at_] == '"') {
        out_ += "\\\"";
      } else if (text_[at_] == '\\' && at_ + 1 < end) {
        if (text_[++at_] != '\'') out_.push_back('\\');
        out_.push_back(text_[at_]);
      } else {
        out_.push_back(text_[at_]);
      }
    }
    if (at_ < end) out_.push_back('"');
    at_ = end;
    last_ = '"';
  }

  // A word is a name where a colon follows it; otherwise it is a literal, or wrong.
  void copy_word() {
    std::size_t end = at_;
    while (end < text_.size() && continues_name(text_[end])) ++end;
    std::size_t behind = end;
    while (behind < text_.size() && is_space(text_[behind])) ++behind;
    const bool name =
        behind < text_.size() && text_[behind] == ':' && (last_ == '{' || last_ == ',');
    if (name) out_.push_back('"');
    out_.append(text_, at_, end - at_);
    if (name) out_.push_back('"');
    at_ = end;
    last_ = 'a';
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
  char last_ = ' ';     // of what was written: the last byte that is no space, `"` for any string
  bool comma_ = false;  // whether `held_`, a comma and the space behind it, waits
  std::string held_;
};

}  // namespace

std::string strict_json(std::string_view text) { return Rewriter(text).run(); }

tl::expected<Value, ParseError> parse_relaxed(Reader* reader, std::string_view padded) {
  auto strict = reader->parse_padded(padded);
  if (strict || strict.error().fault != Fault::kSyntax) return strict;
  auto relaxed = reader->parse(strict_json(padded));
  return relaxed ? relaxed : strict;
}

}  // namespace dss::json
