// What Accept, Accept-Encoding and Accept-Language prefer (RFC 9110, 12.5).
#pragma once

#include <span>
#include <string_view>

namespace dss::base {

/// One element of such a header: `name;version=…;q=…`.
struct AcceptRange {
  std::string_view name;
  std::string_view version;  ///< empty: not said
  double q = 1;              ///< 0 where it cannot be read
};

/// Takes the first element off the front of `*header`, without the blanks around it.
[[nodiscard]] AcceptRange take_accept_range(std::string_view* header);

/// ASCII capitals and small letters alike.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

/// How much something is wanted. A more specific range overrules a less specific one, whatever its
/// q.
struct AcceptWish {
  int specificity = 0;  ///< 0: not mentioned, 1: */*, 2: type/*, 3: type/subtype, 4: and version
  double q = 0;
};

/// How specifically a range means the media type; 0: it does not.
[[nodiscard]] int media_specificity(const AcceptRange& range, std::string_view type,
                                    std::string_view subtype, std::string_view version);

/// Keeps in `*wish` what the more specific range wants, of equal ones the higher q.
void consider(const AcceptRange& range, int specificity, AcceptWish* wish);

/// How much an Accept header wants `type/subtype`.
[[nodiscard]] AcceptWish media_wish(std::string_view accept, std::string_view type,
                                    std::string_view subtype);

/// Which of the languages (primary subtags: `en`) an Accept-Language header wants most; of those
/// wanted alike the one that it names first, then the first of `offered`. A region counts as its
/// language, `*` as all that are not named. The first of `offered` where none is wanted.
/// REQUIRES: `offered` is not empty.
[[nodiscard]] std::size_t preferred_language(std::string_view accept_language,
                                             std::span<const std::string_view> offered);

}  // namespace dss::base
