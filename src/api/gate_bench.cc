// What the gate costs a request: the digest of the key, its look-up, and both quotas.
#include <benchmark/benchmark.h>

#include <cstring>
#include <memory>
#include <vector>

#include "api/gate.h"
#include "auth/key_ring.h"

namespace dss::api {
namespace {

constexpr int kKeys = 1000;

/// A server's keys and quotas, as `dss serve` makes them.
struct Door {
  std::vector<std::string> secrets;
  std::unique_ptr<auth::KeyRing> ring;
  auth::Quotas quotas{{.key = {.requests = {.per_second = 1e6, .burst = 1e7},
                               .characters = {.per_second = 1e8, .burst = 1e9}},
                       .address = {.requests = {.per_second = 1e6, .burst = 1e7},
                                   .characters = {.per_second = 1e8, .burst = 1e9}},
                       .clock = &base::system_clock()}};
  Gate gate{.quotas = &quotas};

  Door() {
    std::vector<auth::Key> keys;
    for (int i = 0; i < kKeys; ++i) {
      auto made = auth::make_key({.name = "bench", .roles = {auth::Role::kScore}});
      secrets.push_back(made->secret);
      keys.push_back(std::move(made->key));
    }
    ring = std::move(*auth::KeyRing::open(
        {.read = [keys]() -> base::Result<std::vector<auth::Key>> { return keys; },
         .every = std::chrono::hours(1),
         .clock = &base::system_clock()}));
    gate.identify = [this](std::string_view credential) { return ring->find(credential); };
  }
};

Door& door() {
  static Door made;
  return made;
}

/// Requests of many clients, each with a key and an address of its own.
void ask(benchmark::State& state, const http::Guard& guard) {
  std::vector<std::string> values;
  for (const std::string& secret : door().secrets) values.push_back("Bearer " + secret);
  std::uint32_t number = 0;
  std::array<http::HeaderView, 4> headers = {
      {{"Host", "localhost"}, {"Content-Type", "application/json"}, {"Accept", "*/*"}, {}}};
  for (auto _ : state) {
    ++number;
    headers[3] = {"Authorization", values[number % values.size()]};
    std::array<char, 4> address{};
    std::memcpy(address.data(), &number, sizeof number);
    http::Request request;
    request.headers = headers;
    request.peer.address = {address.data(), address.size()};
    benchmark::DoNotOptimize(guard(request));
    door().quotas.charge(request.caller.account, request.caller.network, 200);
  }
}

void BM_KeyAndBothQuotas(benchmark::State& state) {
  ask(state, door().gate.guard(auth::Role::kScore));
}
BENCHMARK(BM_KeyAndBothQuotas);
BENCHMARK(BM_KeyAndBothQuotas)->Threads(2);

void BM_QuotaOfAddressAlone(benchmark::State& state) {
  Gate gate = door().gate;
  gate.identify = {};
  ask(state, gate.guard(auth::Role::kScore));
}
BENCHMARK(BM_QuotaOfAddressAlone);

}  // namespace
}  // namespace dss::api
