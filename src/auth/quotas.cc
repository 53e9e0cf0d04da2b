#include "auth/quotas.h"

#include <algorithm>

namespace dss::auth {
namespace {

std::unique_ptr<QuotaTable> table_for(const Quota& quota, std::size_t accounts) {
  if (quota.requests.per_second <= 0 && quota.characters.per_second <= 0) return nullptr;
  return std::make_unique<QuotaTable>(quota, accounts);
}

Quotas::Verdict take_from(QuotaTable* table, std::uint64_t account, bool of_key,
                          base::SteadyTime now) {
  const QuotaTable::Verdict taken = table->take(account, now);
  const Rate& rate = table->quota().requests;
  return {.allowed = taken.allowed,
          .wait_seconds = taken.wait_seconds,
          .of_key = of_key,
          .rate = rate.per_second > 0 ? &rate : nullptr,
          .remaining = taken.remaining,
          .full_seconds = taken.full_seconds};
}

}  // namespace

Quotas::Quotas(const Config& config)
    : clock_(config.clock),
      keys_(table_for(config.key, config.accounts)),
      networks_(table_for(config.address, config.accounts)),
      failures_(table_for({.requests = config.failures}, config.accounts)) {}

std::uint64_t Quotas::network(std::string_view address) const {
  return std::max<std::uint64_t>(network_hash_(address), 1);
}

Quotas::Verdict Quotas::take(std::uint64_t key, std::uint64_t network) {
  Verdict of_network;
  const bool by_network = networks_ != nullptr && network != 0;
  const bool by_key = keys_ != nullptr && key != 0;
  if (!by_network && !by_key) return of_network;
  const base::SteadyTime now = clock_->steady();
  if (by_network) {
    of_network = take_from(networks_.get(), network, false, now);
    if (!of_network.allowed || !by_key) return of_network;
  }
  const Verdict of_key = take_from(keys_.get(), key, true, now);
  const bool network_is_tighter =
      of_network.rate != nullptr &&
      (of_key.rate == nullptr || of_network.remaining < of_key.remaining);
  return of_key.allowed && network_is_tighter ? of_network : of_key;
}

void Quotas::charge(std::uint64_t key, std::uint64_t network, std::size_t characters) {
  const base::SteadyTime now = clock_->steady();
  const auto count = static_cast<double>(characters);
  if (networks_ != nullptr && network != 0) networks_->charge(network, count, now);
  if (keys_ != nullptr && key != 0) keys_->charge(key, count, now);
}

std::optional<double> Quotas::fail(std::uint64_t network) {
  if (failures_ == nullptr || network == 0) return std::nullopt;
  const QuotaTable::Verdict taken = failures_->take(network, clock_->steady());
  return taken.allowed ? std::nullopt : std::optional(taken.wait_seconds);
}

}  // namespace dss::auth
