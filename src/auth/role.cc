#include "auth/role.h"

#include <array>

namespace dss::auth {
namespace {

constexpr std::array kRoles = {Role::kScore, Role::kFeedback, Role::kMetrics, Role::kAdmin};

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::kScore:
      return "score";
    case Role::kFeedback:
      return "feedback";
    case Role::kMetrics:
      return "metrics";
    case Role::kAdmin:
      break;
  }
  return "admin";
}

bool add_role(std::string_view name, Roles* roles) {
  for (const Role role : kRoles) {
    if (name != name_of(role)) continue;
    roles->add(role);
    return true;
  }
  return false;
}

base::Result<Roles> parse_roles(std::string_view text) {
  Roles roles;
  while (true) {
    const std::size_t comma = text.find(',');
    if (!add_role(text.substr(0, comma), &roles)) {
      return base::fail(base::ErrorKind::kInvalidArgument,
                        "roles are score, feedback, metrics and admin, joined by commas");
    }
    if (comma == text.npos) return roles;
    text.remove_prefix(comma + 1);
  }
}

std::string to_string(Roles roles) {
  std::string out;
  for (const Role role : kRoles) {
    if ((roles.bits() & static_cast<std::uint8_t>(role)) == 0) continue;
    if (!out.empty()) out += ',';
    out += name_of(role);
  }
  return out;
}

}  // namespace dss::auth
