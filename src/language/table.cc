#include "language/table.h"

#include <cstring>
#include <string>

#include "language/features.h"

extern "C" const unsigned char dss_embed_language_table[];
extern "C" const unsigned long dss_embed_language_table_size;

namespace dss::language {
namespace {

constexpr std::string_view kLatin[] = {"en", "fr", "de", "es", "pt", "it", "nl", "pl",
                                       "tr", "id", "vi", "sv", "cs", "ro", "hu", "da"};
constexpr std::string_view kCyrillic[] = {"ru", "uk", "bg", "sr", "mk"};
constexpr std::string_view kArabic[] = {"ar", "fa", "ur"};
constexpr int kArabicFirstLane = 8;

constexpr std::size_t kLatinBytes = kLatinRows * sizeof(Row);
constexpr std::size_t kCyrillicArabicBytes = kCyrillicArabicRows * sizeof(Row);
constexpr std::size_t kHanBytes = kHanEnd - kHanBegin;
constexpr std::size_t kTableBytes =
    sizeof(TableHeader) + kLatinBytes + kCyrillicArabicBytes + kHanBytes;

Table view(const unsigned char* bytes) {
  const unsigned char* latin = bytes + sizeof(TableHeader);
  const unsigned char* cyrillic_arabic = latin + kLatinBytes;
  const unsigned char* han = cyrillic_arabic + kCyrillicArabicBytes;
  return {reinterpret_cast<const TableHeader*>(bytes), reinterpret_cast<const Row*>(latin),
          reinterpret_cast<const Row*>(cyrillic_arabic), reinterpret_cast<const std::int8_t*>(han)};
}

std::uint64_t fnv1a(std::span<const unsigned char> bytes) {
  std::uint64_t value = 0xCBF29CE484222325;
  for (const unsigned char byte : bytes) value = (value ^ byte) * 0x100000001B3;
  return value;
}

base::Status check_header(const TableHeader& header) {
  const auto corrupt = [](const char* cause) {
    return base::fail(base::ErrorKind::kCorrupt, std::string("language table: ") + cause);
  };
  if (std::string_view(header.magic, sizeof header.magic) != kTableMagic)
    return corrupt("not a language table");
  if (header.version != kTableVersion) return corrupt("another version");
  if (header.latin_rows != kLatinRows || header.cyrillic_arabic_rows != kCyrillicArabicRows ||
      header.han_characters != kHanBytes) {
    return corrupt("made for another number of rows");
  }
  return {};
}

}  // namespace

Lanes lanes_of(Script script) {
  switch (script) {
    case Script::kLatin:
      return {0, kLatin};
    case Script::kCyrillic:
      return {0, kCyrillic};
    case Script::kArabic:
      return {kArabicFirstLane, kArabic};
    default:
      return {};
  }
}

base::Result<Table> read_table(std::span<const unsigned char> bytes) {
  if (bytes.size() != kTableBytes) {
    return base::fail(base::ErrorKind::kCorrupt, "language table: " + std::to_string(bytes.size()) +
                                                     " bytes instead of " +
                                                     std::to_string(kTableBytes));
  }
  TableHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (auto status = check_header(header); !status) return base::fail(status.error());
  const auto payload = bytes.subspan(sizeof header);
  if (fnv1a(payload) != header.checksum) {
    return base::fail(base::ErrorKind::kCorrupt, "language table: checksum does not match");
  }
  return view(bytes.data());
}

std::span<const unsigned char> embedded_bytes() {
  return {dss_embed_language_table, dss_embed_language_table_size};
}

Table embedded_table() { return view(dss_embed_language_table); }

}  // namespace dss::language
