// The normaliser: its output is valid, its offset map lies inside the text, a second pass changes
// nothing.
#include "text/normalize.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using dss::text::Valid;
  const auto valid = Valid::check({reinterpret_cast<const char*>(data), size});
  if (!valid) return 0;
  static dss::text::Normalizer normalizer;
  dss::text::Normalized once;
  normalizer.run(*valid, &once);
  if (!dss::base::is_valid_utf8(once.text)) std::abort();
  for (std::size_t i = 0; i < once.text.size(); ++i) {
    const std::size_t begin = once.origin.begin_of(i);
    if (begin > once.origin.end_of(i) || once.origin.end_of(i) > size) std::abort();
  }
  dss::text::Normalized twice;
  normalizer.run(Valid::promise(once.text), &twice);
  if (twice.text != once.text) std::abort();
  return 0;
}
