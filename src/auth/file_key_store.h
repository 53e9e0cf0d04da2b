// Keys in a text file.
#pragma once

#include <memory>
#include <string>

#include "auth/key_store.h"
#include "base/result.h"

namespace dss::auth {

/// See open_key_store(). Two processes that change one file at the same time wait for each other.
[[nodiscard]] base::Result<std::unique_ptr<KeyStore>> open_file_key_store(const std::string& path);

}  // namespace dss::auth
