#include "log/logger.h"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <utility>

#include "log/descriptor_writer.h"
#include "log/line.h"

namespace dss::log {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::seconds kFarewell{1};
// Lines are written together: a writer that wakes for each takes a core from an event loop twice.
constexpr std::chrono::milliseconds kGather{20};

/// A closed pipe must fail the write, not end the process; SIGTERM and the like belong to other
/// threads.
void block_all_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

/// Lines wait in one half of the memory while the writer empties the other: producers hold the
/// mutex for a memcpy, the writer for a swap, and neither ever while writing.
struct Logger::Ring {
  Ring(int descriptor_in, std::size_t capacity_in, const base::Clock* clock_in)
      : descriptor(descriptor_in), capacity(capacity_in), clock(clock_in) {
    waiting.reserve(capacity);
  }

  void push(const std::string& line, bool urgent);
  void run();
  void write_out(const std::string& lines);
  void report_drops();
  [[nodiscard]] bool overdue();
  [[nodiscard]] bool stop_and_wait();

  const int descriptor;
  const std::size_t capacity;
  const base::Clock* const clock;
  std::thread writer;
  std::atomic<std::uint64_t> dropped{0};
  std::uint64_t reported = 0;  ///< of `dropped`; the writer's own

  std::mutex mutex;
  std::condition_variable filled;
  std::condition_variable done;
  std::string waiting;
  bool hurry = false;  ///< what waits is to be written at once
  bool stopping = false;
  bool finished = false;
  Steady::time_point deadline = Steady::time_point::max();
};

void Logger::Ring::push(const std::string& line, bool urgent) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex);
    if (waiting.size() + line.size() > capacity) {
      dropped.fetch_add(1, std::memory_order_relaxed);
      return;
    }
    const bool first = waiting.empty();
    waiting += line;
    const bool at_once = urgent || waiting.size() > capacity / 2;
    wake = first || (at_once && !hurry);
    hurry = hurry || at_once;
  }
  if (wake) filled.notify_one();
}

bool Logger::Ring::overdue() {
  const std::lock_guard lock(mutex);
  return Steady::now() > deadline;
}

void Logger::Ring::report_drops() {
  const std::uint64_t now = dropped.load(std::memory_order_relaxed);
  if (now == reported) return;
  const std::string notice = format_line(clock->system(), Level::kWarn, "log lines were dropped",
                                         {{"lines", static_cast<std::int64_t>(now - reported)}});
  if (write_lines(descriptor, notice, [this] { return overdue(); }) == 0) reported = now;
}

void Logger::Ring::write_out(const std::string& lines) {
  const auto lost = write_lines(descriptor, lines, [this] { return overdue(); });
  dropped.fetch_add(lost, std::memory_order_relaxed);
  report_drops();
}

void Logger::Ring::run() {
  block_all_signals();
  std::string lines;
  lines.reserve(capacity);
  std::unique_lock lock(mutex);
  while (true) {
    filled.wait(lock, [this] { return stopping || !waiting.empty(); });
    if (waiting.empty()) break;
    filled.wait_for(lock, kGather, [this] { return stopping || hurry; });
    hurry = false;
    lines.clear();
    lines.swap(waiting);
    lock.unlock();
    write_out(lines);
    lock.lock();
  }
  finished = true;
  done.notify_all();
}

/// Whether the writer has ended. It gives up by itself at the deadline, unless a system call never
/// returns.
bool Logger::Ring::stop_and_wait() {
  std::unique_lock lock(mutex);
  stopping = true;
  deadline = Steady::now() + kFarewell;
  filled.notify_one();
  return done.wait_until(lock, deadline + kFarewell, [this] { return finished; });
}

Logger::Logger(const Config& config)
    : clock_(config.clock != nullptr ? config.clock : &base::system_clock()),
      level_(config.level),
      ring_(std::make_shared<Ring>(config.file_descriptor, config.ring_bytes / 2, clock_)) {
  ring_->writer = std::thread([ring = ring_] { ring->run(); });
}

Logger::~Logger() {
  if (ring_->stop_and_wait()) {
    ring_->writer.join();
  } else {
    ring_->writer.detach();
  }
}

void Logger::write(Level level, std::string_view message, std::initializer_list<Field> fields) {
  if (!enabled(level)) return;
  ring_->push(format_line(clock_->system(), level, message, fields), level >= Level::kWarn);
}

std::uint64_t Logger::dropped() const { return ring_->dropped.load(std::memory_order_relaxed); }

}  // namespace dss::log
