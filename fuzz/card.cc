// card.json of a model: any bytes are read or refused with a cause of one line; what is read is
// consistent.
#include "weights/card.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "base/utf8.h"

namespace {

using dss::weights::CalibrationCurve;

const std::filesystem::path& directory() {
  static const std::filesystem::path made = [] {
    const auto path =
        std::filesystem::temp_directory_path() / ("dss-card-" + std::to_string(getpid()));
    std::filesystem::create_directories(path);
    std::atexit([] { std::filesystem::remove_all(directory()); });
    return path;
  }();
  return made;
}

void check(const CalibrationCurve& curve) {
  if (curve.x.size() != curve.y.size() || curve.x.size() < 2) std::abort();
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (!std::isfinite(curve.x[i]) || !std::isfinite(curve.y[i])) std::abort();
    if (i > 0 && (curve.x[i] <= curve.x[i - 1] || curve.y[i] < curve.y[i - 1])) std::abort();
  }
}

void check(const dss::weights::Card& card) {
  if (card.labels.empty() || card.overall_label() >= card.labels.size()) std::abort();
  for (const auto& label : card.labels) {
    check(label.calibration);
    if (!(label.threshold >= 0 && label.threshold <= 1)) std::abort();
  }
  for (const auto& scale : card.perspective) {
    check(scale.points);
    if (scale.points.y.front() < 0 || scale.points.y.back() > 1) std::abort();
  }
  if (!card.encoder.blend.empty() && card.encoder.blend.size() != card.labels.size()) std::abort();
  if (!dss::base::is_valid_utf8(card.json)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::ofstream(directory() / "card.json", std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto card = dss::weights::read_card(directory());
  if (card) {
    check(*card);
    return 0;
  }
  const std::string& message = card.error().message;
  if (message.find("card.json") == std::string::npos) std::abort();
  if (message.find('\n') != std::string::npos) std::abort();
  return 0;
}
