// A piece of personal data in a text.
#pragma once

#include <cstddef>
#include <vector>

#include "personal/kind.h"

namespace dss::personal {

struct Entity {
  Kind kind = Kind::kEmail;
  std::size_t begin = 0;  ///< byte
  std::size_t end = 0;

  friend bool operator==(const Entity&, const Entity&) = default;
};

using Entities = std::vector<Entity>;

}  // namespace dss::personal
