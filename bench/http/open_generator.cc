// An open model: requests leave when they are due, whatever became of those before.
//
//   bench_http_open_generator PORT PATH BODIES SCHEDULE ROWS [CONNECTIONS [TIMEOUT]]
//
// BODIES holds one JSON document a line, sent with POST in turn (`-`: GET instead). SCHEDULE holds
// a line `RATE SECONDS` for each part: RATE requests a second, evenly spaced, one part right behind
// the other. Keep-alive connections, one request under way on each: one is opened when all others
// wait, up to CONNECTIONS (10,000). A request whose answer is not there TIMEOUT (5) seconds after
// it was sent is given up, its connection closed; one that could not be sent within TIMEOUT of its
// time is never sent.
//
// ROWS gets a Row for each request in the order of the schedule. Latency counts from the time at
// which the request was due, not from when it left. Prints one JSON object about the program
// itself. It spins while requests are due within a millisecond, so it wants a core to itself.
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <deque>
#include <limits>

#include "client.h"

namespace {

using Nanoseconds = std::int64_t;  // since the run began

constexpr Nanoseconds kSecond = 1'000'000'000;
constexpr Nanoseconds kTick = 100;  // of a Row's times

struct Row {
  std::uint32_t latency = 0;  // in ticks, from the time that was due to the answer's last byte
  std::uint32_t late = 0;     // in ticks, from the time that was due to the sending
  std::uint16_t status = 0;   // 0: given up, or the connection ended
  std::uint8_t retry_after = 0;
  std::uint8_t fate = 0;  // 0: sent when it was due; else a sum of the following
};
static_assert(sizeof(Row) == 12);
constexpr std::uint8_t kNotSent = 1;
// Had to wait for a connection because CONNECTIONS all waited, or was due while another did.
constexpr std::uint8_t kNoConnection = 2;

struct Part {
  double rate;
  double seconds;
  std::size_t count;
};

std::vector<Part> read_schedule(const char* file) {
  std::ifstream input(file);
  std::vector<Part> parts;
  for (double rate, seconds; input >> rate >> seconds;) {
    parts.push_back({rate, seconds, static_cast<std::size_t>(std::llround(rate * seconds))});
  }
  if (parts.empty()) bench::stop(file);
  return parts;
}

// When the requests are due, one after another.
class Schedule {
 public:
  explicit Schedule(std::vector<Part> parts) : parts_(std::move(parts)) { skip_finished(); }

  std::size_t total() const {
    std::size_t sum = 0;
    for (const Part& part : parts_) sum += part.count;
    return sum;
  }
  bool over() const { return part_ == parts_.size(); }
  Nanoseconds due() const {
    return part_begin_ +
           static_cast<Nanoseconds>(static_cast<double>(within_) * 1e9 / parts_[part_].rate);
  }
  void advance() {
    ++within_;
    skip_finished();
  }

 private:
  void skip_finished() {
    while (!over() && within_ >= parts_[part_].count) {
      part_begin_ += static_cast<Nanoseconds>(parts_[part_].seconds * 1e9);
      within_ = 0;
      ++part_;
    }
  }

  std::vector<Part> parts_;
  std::size_t part_ = 0;
  std::size_t within_ = 0;
  Nanoseconds part_begin_ = 0;
};

struct Connection {
  int socket = -1;
  bool busy = false;
  std::size_t row = 0;
  Nanoseconds due = 0;
  std::string_view unsent;
  std::size_t filled = 0;
  std::vector<char> buffer = std::vector<char>(4096);
};

struct Deadline {
  Nanoseconds at;
  Connection* connection;
  std::size_t row;
};

class OpenLoad {
 public:
  OpenLoad(std::vector<std::string> requests, Schedule schedule, std::uint16_t port,
           std::size_t most, Nanoseconds timeout)
      : requests_(std::move(requests)),
        schedule_(std::move(schedule)),
        rows_(schedule_.total()),
        address_(bench::loopback(port)),
        most_(most),
        timeout_(timeout),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}

  void run() {
    begin_ = std::chrono::steady_clock::now();
    std::array<epoll_event, 256> events;
    while (!schedule_.over() || under_way_ > 0) {
      Nanoseconds turn = now();
      const bool sent = send_due(turn);
      const int pause = sent ? 0 : milliseconds_to_sleep(turn);
      const int ready = ::epoll_wait(epoll_, events.data(), events.size(), pause);
      if (pause > 0) turn = now();
      for (int i = 0; i < ready; ++i) {
        const epoll_event& event = events[static_cast<std::size_t>(i)];
        react(*static_cast<Connection*>(event.data.ptr), event.events);
      }
      give_up(turn);
      if (!schedule_.over()) ended_ = now();
      if ((sent || ready > 0) && !schedule_.over()) worked_ += ended_ - turn;
    }
  }

  const std::vector<Row>& rows() const { return rows_; }
  std::size_t connections() const { return connections_.size(); }
  /// Until the last request was sent.
  double seconds() const { return static_cast<double>(ended_) / kSecond; }
  /// Of seconds(), without idle spinning and sleeping.
  double worked_seconds() const { return static_cast<double>(worked_) / kSecond; }

 private:
  Nanoseconds now() const {
    return std::chrono::nanoseconds(std::chrono::steady_clock::now() - begin_).count();
  }

  static std::uint32_t ticks(Nanoseconds time) {
    return static_cast<std::uint32_t>(
        std::clamp<Nanoseconds>(time / kTick, 0, std::numeric_limits<std::uint32_t>::max()));
  }

  int milliseconds_to_sleep(Nanoseconds turn) const {
    constexpr Nanoseconds kMillisecond = 1'000'000;
    constexpr Nanoseconds kLongest = 100 * kMillisecond;  // deadlines are looked at so often
    const Nanoseconds left = schedule_.over() ? kLongest : schedule_.due() - turn;
    return static_cast<int>(std::clamp<Nanoseconds>(left, 0, kLongest) / kMillisecond);
  }

  // Answers are read after so many, or else a burst would make them wait.
  bool send_due(Nanoseconds turn) {
    constexpr int kMost = 32;
    int sent = 0;
    while (sent < kMost && !schedule_.over() && schedule_.due() <= turn) {
      if (turn - schedule_.due() > timeout_) {
        rows_[next_].fate = stalled_ ? kNotSent | kNoConnection : kNotSent;
        rows_[next_].latency = rows_[next_].late = ticks(turn - schedule_.due());
      } else {
        Connection* connection = take();
        stalled_ |= connection == nullptr;
        if (stalled_) rows_[next_].fate = kNoConnection;
        if (connection == nullptr) break;
        send(*connection);
      }
      ++sent;
      ++next_;
      schedule_.advance();
    }
    // Behind a wait for a connection all are late, until none is due any more.
    if (schedule_.over() || schedule_.due() > turn) stalled_ = false;
    return sent > 0;
  }

  // One that waits for a request, the last used first; none when all are busy and no more may be.
  Connection* take() {
    if (!idle_.empty()) {
      Connection* connection = idle_.back();
      idle_.pop_back();
      return connection;
    }
    if (connections_.size() < most_) return &connections_.emplace_back();
    return nullptr;
  }

  void send(Connection& connection) {
    connection.busy = true;
    connection.row = next_;
    connection.due = schedule_.due();
    connection.unsent = requests_[next_ % requests_.size()];
    const Nanoseconds at = now();
    rows_[next_].late = ticks(at - connection.due);
    deadlines_.push_back({at + timeout_, &connection, next_});
    ++under_way_;
    if (connection.socket < 0) connect(connection);
    flush(connection);
  }

  void connect(Connection& connection) {
    connection.filled = 0;
    connection.socket = bench::open_socket(SOCK_NONBLOCK);
    watch(connection, EPOLL_CTL_ADD, EPOLLIN);
    const auto* address = reinterpret_cast<const sockaddr*>(&address_);
    if (::connect(connection.socket, address, sizeof address_) != 0 && errno != EINPROGRESS)
      fail(connection);
  }

  void watch(Connection& connection, int operation, std::uint32_t what) {
    epoll_event event{};
    event.events = what;
    event.data.ptr = &connection;
    ::epoll_ctl(epoll_, operation, connection.socket, &event);
  }

  void flush(Connection& connection) {
    if (connection.socket < 0) return;
    const std::string_view bytes = connection.unsent;
    const ssize_t sent = ::send(connection.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != ENOTCONN) return fail(connection);
    connection.unsent.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
    if (!connection.unsent.empty()) watch(connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }

  void react(Connection& connection, std::uint32_t what) {
    if (connection.socket < 0) return;
    if ((what & EPOLLOUT) != 0) {
      watch(connection, EPOLL_CTL_MOD, EPOLLIN);
      if (!connection.unsent.empty()) flush(connection);
    }
    if ((what & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && connection.socket >= 0)
      receive(connection);
  }

  void receive(Connection& connection) {
    std::vector<char>& buffer = connection.buffer;
    if (connection.filled == buffer.size()) buffer.resize(2 * buffer.size());
    const ssize_t got = ::recv(connection.socket, buffer.data() + connection.filled,
                               buffer.size() - connection.filled, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0 || !connection.busy) return fail(connection);
    connection.filled += static_cast<std::size_t>(got);
    const auto answer = bench::read_answer({buffer.data(), connection.filled});
    if (answer.length == 0) return;
    connection.filled = 0;
    if (answer.closes) close(connection);
    finish(connection, answer.status, answer.retry_after);
  }

  void finish(Connection& connection, std::uint16_t status, bool retry_after) {
    Row& row = rows_[connection.row];
    row.latency = ticks(now() - connection.due);
    row.status = status;
    row.retry_after = retry_after ? 1 : 0;
    connection.busy = false;
    connection.unsent = {};
    idle_.push_back(&connection);
    --under_way_;
  }

  // The connection ended, in the middle of a request or between two.
  void fail(Connection& connection) {
    close(connection);
    if (connection.busy) finish(connection, 0, false);
  }

  void close(Connection& connection) {
    ::close(connection.socket);
    connection.socket = -1;
  }

  void give_up(Nanoseconds turn) {
    for (; !deadlines_.empty(); deadlines_.pop_front()) {
      const Deadline& first = deadlines_.front();
      if (!first.connection->busy || first.connection->row != first.row) continue;
      if (first.at > turn) return;
      fail(*first.connection);
    }
  }

  std::vector<std::string> requests_;
  Schedule schedule_;
  std::vector<Row> rows_;
  sockaddr_in address_;
  std::size_t most_;
  Nanoseconds timeout_;
  int epoll_;
  std::chrono::steady_clock::time_point begin_;
  std::size_t next_ = 0;
  std::size_t under_way_ = 0;
  bool stalled_ = false;
  std::deque<Connection> connections_;
  std::vector<Connection*> idle_;
  std::deque<Deadline> deadlines_;
  Nanoseconds worked_ = 0;
  Nanoseconds ended_ = 0;
};

void allow_many_descriptors(std::size_t wanted) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + 64);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void write_rows(const char* file, const std::vector<Row>& rows) {
  std::FILE* output = std::fopen(file, "wb");
  if (output == nullptr ||
      std::fwrite(rows.data(), sizeof(Row), rows.size(), output) != rows.size())
    bench::stop(file);
  std::fclose(output);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6 || argc > 8) {
    std::fputs(
        "usage: bench_http_open_generator PORT PATH BODIES SCHEDULE ROWS [CONNECTIONS [TIMEOUT]]\n",
        stderr);
    return 2;
  }
  const std::size_t most = argc > 6 ? std::strtoul(argv[6], nullptr, 10) : 10'000;
  const double timeout = argc > 7 ? std::atof(argv[7]) : 5;
  allow_many_descriptors(most);
  OpenLoad load(bench::lay_out_requests(argv[2], argv[3]), Schedule(read_schedule(argv[4])),
                static_cast<std::uint16_t>(std::atoi(argv[1])), most,
                static_cast<Nanoseconds>(timeout * 1e9));
  const double begun =
      std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  const double cpu = bench::cpu_seconds();
  load.run();
  std::printf(
      "{\"begun\": %.6f, \"seconds\": %.6f, \"worked_seconds\": %.6f, \"cpu_seconds\": %.4f, "
      "\"connections\": %zu}\n",
      begun, load.seconds(), load.worked_seconds(), bench::cpu_seconds() - cpu, load.connections());
  write_rows(argv[5], load.rows());
  return 0;
}
