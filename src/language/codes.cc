#include <array>

#include "language/detector.h"

namespace dss::language {

std::span<const std::string_view> codes() {
  static constexpr std::array<std::string_view, 47> kCodes = {
      "en", "fr", "de", "es", "pt", "it", "nl", "pl", "tr", "id", "vi",         "sv",
      "cs", "ro", "hu", "da", "ru", "uk", "bg", "sr", "mk", "ar", "fa",         "ur",
      "zh", "ja", "ko", "hi", "el", "he", "hy", "bn", "pa", "gu", "or",         "ta",
      "te", "kn", "ml", "si", "th", "lo", "my", "ka", "am", "km", kUndetermined};
  return kCodes;
}

}  // namespace dss::language
