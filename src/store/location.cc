#include "store/location.h"

#include <algorithm>

#include "base/url.h"

namespace dss::store {
namespace {

using base::ErrorKind;

bool has_two_at_signs(std::string_view url) {
  const std::string_view rest = url.substr(url.find("://") + 3);
  const std::string_view authority = rest.substr(0, rest.find('/'));
  return std::count(authority.begin(), authority.end(), '@') > 1;
}

}  // namespace

std::string Location::shown() const {
  return kind == Kind::kSqlite ? value : base::without_password(value);
}

base::Result<Location> parse_location(std::string_view text) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (text.starts_with(kSqlite) && text.size() > kSqlite.size()) {
    return Location{Location::Kind::kSqlite, std::string(text.substr(kSqlite.size()))};
  }
  if (text.starts_with("postgresql://") || text.starts_with("postgres://")) {
    if (has_two_at_signs(text)) {
      return base::fail(ErrorKind::kInvalidArgument,
                        "two '@' in the database's URL; write %40 for one in the password");
    }
    return Location{Location::Kind::kPostgres, std::string(text)};
  }
  return base::fail(ErrorKind::kInvalidArgument,
                    "neither sqlite:FILE nor postgresql://USER@HOST/DATABASE");
}

}  // namespace dss::store
