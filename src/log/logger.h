// JSON-line logs through a bounded ring with its own writer thread: a full pipe or disk never
// stalls a request.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"

namespace dss::log {

enum class Level : std::uint8_t { kDebug, kInfo, kWarn, kError };

/// One key of a line. Values are numbers, flags or short strings of this program or of the
/// operator; never a text that somebody submitted, never a credential.
struct Field {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

/// Thread-safe. One line: `{"time":"…","level":"info","message":"…",…fields}`.
class Logger {
 public:
  struct Config {
    int file_descriptor = 2;
    Level level = Level::kInfo;
    std::size_t ring_bytes = 1 << 20;    ///< lines that find the ring full are dropped and counted
    const base::Clock* clock = nullptr;  ///< null: the operating system's
  };
  explicit Logger(const Config& config);
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;
  ~Logger();  ///< writes what is left, for at most one second

  [[nodiscard]] bool enabled(Level level) const { return level >= level_; }
  /// Never blocks: formats into the ring, or counts a drop. Lines below `warn` are written within
  /// 20 ms, together with those that come meanwhile; others at once.
  void write(Level level, std::string_view message, std::initializer_list<Field> fields = {});
  void info(std::string_view message, std::initializer_list<Field> fields = {}) {
    write(Level::kInfo, message, fields);
  }
  void warn(std::string_view message, std::initializer_list<Field> fields = {}) {
    write(Level::kWarn, message, fields);
  }
  void error(std::string_view message, std::initializer_list<Field> fields = {}) {
    write(Level::kError, message, fields);
  }

  /// Lines lost since the start.
  [[nodiscard]] std::uint64_t dropped() const;

 private:
  struct Ring;
  const base::Clock* clock_;
  Level level_;
  std::shared_ptr<Ring> ring_;  ///< shared with the writer thread
};

}  // namespace dss::log
