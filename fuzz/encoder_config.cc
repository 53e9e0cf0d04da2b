// config.json of an encoder: any bytes are read or refused with a cause; what is read is
// consistent.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "models/encoder/config.h"
#include "models/scores.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string content(reinterpret_cast<const char*>(data), size);
  const auto config = dss::models::parse_encoder_config(content, "config.json");
  if (!config) {
    if (!config.error().message.starts_with("config.json: ")) std::abort();
    return 0;
  }
  const bool consistent = config->heads > 0 && config->hidden % config->heads == 0 &&
                          config->layers > 0 && config->positions > 0 && config->epsilon >= 0 &&
                          !config->labels.empty() &&
                          config->labels.size() <= dss::models::kMaxLabels;
  if (!consistent) std::abort();
  return 0;
}
