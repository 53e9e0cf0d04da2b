// The tokeniser as a filter, for comparison with another one.
//   wordpiece_dump VOCABULARY lower|keep strip|keep < texts > pieces
// A text is u32 size, then bytes. Its answer is u32 count, then count times u32 id, u32 begin,
// u32 end, u32 begins_word. Native endian. Bytes that are not UTF-8 become U+FFFD first.
//   wordpiece_dump --time VOCABULARY < texts
// prints the megabytes per second of reading ids with lower and strip, the best of several passes.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "tokenizer/wordpiece.h"

namespace {

using dss::text::Valid;
using dss::tokenizer::Piece;
using dss::tokenizer::WordPiece;
using dss::tokenizer::WordPieceOptions;

bool read_text(std::string* text) {
  std::uint32_t size = 0;
  if (std::fread(&size, sizeof size, 1, stdin) != 1) return false;
  text->resize(size);
  if (std::fread(text->data(), 1, size, stdin) != size) return false;
  *text = dss::base::replace_invalid_utf8(*text);
  return true;
}

void write_pieces(const std::vector<Piece>& pieces) {
  const auto put = [](std::uint32_t value) { std::fwrite(&value, sizeof value, 1, stdout); };
  put(static_cast<std::uint32_t>(pieces.size()));
  for (const Piece& piece : pieces) {
    put(piece.id);
    put(piece.begin);
    put(piece.end);
    put(piece.begins_word ? 1 : 0);
  }
}

std::optional<WordPiece> load(const char* path, const WordPieceOptions& options) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  auto parsed = WordPiece::parse(bytes, options);
  if (parsed) return std::move(*parsed);
  std::fprintf(stderr, "%s: %s\n", path, parsed.error().message.c_str());
  return std::nullopt;
}

void dump(const WordPiece& tokeniser) {
  std::vector<Piece> pieces;
  for (std::string text; read_text(&text);) {
    pieces.clear();
    tokeniser.append(Valid::promise(text), &pieces);
    write_pieces(pieces);
  }
}

void time(const WordPiece& tokeniser) {
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  for (std::string text; read_text(&text);) bytes += texts.emplace_back(text).size();
  double best = 0;
  std::vector<std::uint32_t> ids;
  for (int pass = 0; pass < 5; ++pass) {
    const auto begin = std::chrono::steady_clock::now();
    ids.clear();
    for (const std::string& text : texts) tokeniser.append_ids(Valid::promise(text), &ids);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    best = std::max(best, static_cast<double>(bytes) / 1e6 / taken.count());
  }
  std::printf("%.1f\n", best);
}

}  // namespace

int main(int argc, char** argv) {
  const bool timing = argc == 3 && std::string_view(argv[1]) == "--time";
  if (argc != 4 && !timing) {
    std::fputs("usage: wordpiece_dump VOCABULARY lower|keep strip|keep | --time VOCABULARY\n",
               stderr);
    return 2;
  }
  WordPieceOptions options;
  if (!timing) {
    options.lower_case = std::string_view(argv[2]) == "lower";
    options.strip_accents = std::string_view(argv[3]) == "strip";
  }
  const auto tokeniser = load(argv[timing ? 2 : 1], options);
  if (!tokeniser) return 1;
  timing ? time(*tokeniser) : dump(*tokeniser);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
