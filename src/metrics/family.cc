#include "metrics/family.h"

namespace dss::metrics {
namespace {

std::vector<std::string_view> split(std::string_view names) {
  std::vector<std::string_view> out;
  while (!names.empty()) {
    const std::size_t comma = std::min(names.find(','), names.size());
    out.push_back(names.substr(0, comma));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return out;
}

}  // namespace

Family::Family(const Spec& spec) : spec_(spec), label_names_(split(spec.labels)) {}

Series* Family::find(std::span<const std::string_view> values) const {
  Series* series = first_.load(std::memory_order_acquire);
  while (series != nullptr && !std::ranges::equal(series->values, values)) {
    series = series->next.load(std::memory_order_acquire);
  }
  return series;
}

Series& Family::append(std::unique_ptr<Series> series) {
  auto& link = all_.empty() ? first_ : all_.back()->next;
  all_.push_back(std::move(series));
  link.store(all_.back().get(), std::memory_order_release);
  return *all_.back();
}

}  // namespace dss::metrics
