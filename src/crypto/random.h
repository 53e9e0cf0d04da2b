// Random bytes fit for secrets (OpenSSL's generator, seeded by the operating system).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace dss::crypto {

/// Fills `out`. Ends the process if the operating system has no randomness: nothing secret may go
/// on without it. Thread-safe.
void random_bytes(std::span<std::uint8_t> out);

/// A random number, each of 2^64 equally likely; e.g. a seed for base::Rng. Thread-safe.
[[nodiscard]] std::uint64_t random_u64();

/// `bytes` random bytes as 2 × bytes lower-case hex digits. Thread-safe.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace dss::crypto
