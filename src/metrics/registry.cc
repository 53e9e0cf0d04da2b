#include "metrics/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "metrics/escape.h"
#include "metrics/family.h"

namespace dss::metrics {
namespace {

/// The first cells take the updates of refused series; no scrape reads them.
constexpr CellIndex kSinkCells = 256;

[[noreturn]] void refuse(std::string_view family, std::string_view why) {
  fmt::print(stderr, "metrics: {} {}\n", family, why);
  std::abort();
}

std::uint64_t next_registry_id() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

/// The numbers of one scrape: cells summed over all shards.
class Totals {
 public:
  explicit Totals(const ShardSet& shards) : shards_(shards.all()) {}

  [[nodiscard]] std::uint64_t integer(CellIndex cell) const {
    std::uint64_t sum = 0;
    for (const Shard* shard : shards_) sum += shard->read(cell);
    return sum;
  }
  [[nodiscard]] double real(CellIndex cell) const {
    double sum = 0;
    for (const Shard* shard : shards_) sum += std::bit_cast<double>(shard->read(cell));
    return sum;
  }
  [[nodiscard]] SeriesSnapshot read(const Spec& spec, const Series& series) const {
    SeriesSnapshot out;
    out.labels = &series.labels;
    out.created_seconds = series.created_seconds;
    if (!series.counted) {
      out.value = series.stored.load(std::memory_order_relaxed);
    } else if (spec.type == Type::kHistogram) {
      read_histogram(spec, series, &out);
    } else if (spec.type == Type::kSummary) {
      out.count = integer(series.cell);
      out.sum = real(series.cell + 1);
    } else {
      const std::uint64_t total = integer(series.cell);
      out.value = spec.type == Type::kGauge ? static_cast<double>(static_cast<std::int64_t>(total))
                                            : static_cast<double>(total);
    }
    return out;
  }

 private:
  void read_histogram(const Spec& spec, const Series& series, SeriesSnapshot* out) const {
    const auto buckets = static_cast<CellIndex>(spec.bounds.size() + 1);
    out->buckets.reserve(buckets);
    for (CellIndex i = 0; i < buckets; ++i) {
      out->buckets.push_back(integer(series.cell + i));
      out->count += out->buckets.back();
    }
    out->sum = real(series.cell + buckets);
    if (series.exemplars != nullptr) out->exemplars = series.exemplars->copy();
  }

  std::vector<const Shard*> shards_;
};

}  // namespace

thread_local constinit Registry::Cache Registry::cached_;

Registry::Registry(std::span<const Spec> families) : Registry(families, Options{}) {}

Registry::Registry(std::span<const Spec> families, const Options& options)
    : id_(next_registry_id()), options_(options), next_cell_(kSinkCells) {
  for (const Spec& spec : families) {
    if (spec.bounds.size() + 2 > kSinkCells) refuse(spec.name, "has too many buckets");
    families_.push_back(std::make_unique<Family>(spec));
  }
}

Registry::~Registry() = default;

Family& Registry::family_of(std::string_view name, std::initializer_list<Type> types,
                            Values values) const {
  const auto found = std::ranges::find_if(
      families_, [&](const auto& family) { return family->spec().name == name; });
  if (found == families_.end()) refuse(name, "is not in the catalogue");
  Family& family = **found;
  if (std::ranges::find(types, family.spec().type) == types.end())
    refuse(name, "is of another type");
  if (family.label_names().size() != values.size()) refuse(name, "has other labels");
  return family;
}

Series& Registry::series_of(Family& family, Values values, const Place& place) {
  const std::span<const std::string_view> wanted(values.begin(), values.size());
  const std::lock_guard lock(making_);
  if (Series* series = family.find(wanted)) {
    if (series->counted != place.counted) refuse(family.spec().name, "is both counted and set");
    return *series;
  }
  if (family.size() >= options_.max_series_per_family ||
      next_cell_ + place.new_cells > Shard::kMaxCells) {
    ++dropped_series_;
    return family.overflow();
  }
  auto series = std::make_unique<Series>();
  series->values.assign(values.begin(), values.end());
  series->labels = label_text(family.label_names(), wanted);
  series->created_seconds =
      std::chrono::duration<double>(options_.clock->system().time_since_epoch()).count();
  series->counted = place.counted;
  series->cell = place.new_cells == 0 ? place.shared_cell
                                      : std::exchange(next_cell_, next_cell_ + place.new_cells);
  if (family.spec().exemplars) {
    series->exemplars = std::make_unique<ExemplarSlots>(family.spec().bounds.size() + 1);
  }
  return family.append(std::move(series));
}

Counter Registry::counter(std::string_view family, Values values) {
  return {series_of(family_of(family, {Type::kCounter}, values), values, cells(1)).cell};
}

UpDown Registry::up_down(std::string_view family, Values values) {
  return {series_of(family_of(family, {Type::kGauge}, values), values, cells(1)).cell};
}

void Registry::alias(std::string_view family, Values values, UpDown same) {
  const Place place{.counted = true, .shared_cell = same.cell};
  series_of(family_of(family, {Type::kGauge}, values), values, place);
}

Histogram Registry::histogram(std::string_view family, Values values) {
  Family& owner = family_of(family, {Type::kHistogram}, values);
  const auto bounds = owner.spec().bounds;
  const auto count = static_cast<std::uint32_t>(bounds.size());
  const Series& series = series_of(owner, values, cells(count + 2));
  return {bounds.data(), count, series.cell, series.exemplars.get()};
}

Summary Registry::summary(std::string_view family, Values values) {
  return {series_of(family_of(family, {Type::kSummary}, values), values, cells(2)).cell};
}

Value Registry::value(std::string_view family, Values values) {
  Family& owner = family_of(family, {Type::kGauge, Type::kCounter}, values);
  return Value(&series_of(owner, values, Place{}).stored);
}

void Registry::show(std::string_view family, Values values, bool visible) {
  Series* series =
      family_of(family, {Type::kCounter, Type::kGauge, Type::kHistogram, Type::kSummary}, values)
          .find({values.begin(), values.size()});
  if (series != nullptr) series->visible.store(visible, std::memory_order_relaxed);
}

std::uint64_t Registry::total(Counter counter) const {
  return Totals(*shards_).integer(counter.cell);
}

Writer Registry::writer_of_new_thread() const {
  cached_ = {id_, local_shard(shards_)};
  return Writer(cached_.shard);
}

void Registry::on_scrape(std::function<void()> refresh) {
  const std::lock_guard lock(refreshing_);
  refreshers_.push_back(std::move(refresh));
}

std::vector<FamilySnapshot> Registry::collect() const {
  {
    const std::lock_guard lock(refreshing_);
    for (const auto& refresh : refreshers_) refresh();
  }
  const Totals totals(*shards_);
  std::vector<FamilySnapshot> out;
  out.reserve(families_.size());
  for (const auto& family : families_) {
    auto& snapshot = out.emplace_back();
    snapshot.spec = family->spec();
    for (const Series* series = family->first(); series != nullptr;
         series = series->next.load(std::memory_order_acquire)) {
      if (series->visible.load(std::memory_order_relaxed)) {
        snapshot.series.push_back(totals.read(family->spec(), *series));
      }
    }
  }
  return out;
}

}  // namespace dss::metrics
