#include "log/descriptor_writer.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace dss::log {
namespace {

constexpr std::size_t kPiece = 4096;
constexpr int kPollMilliseconds = 100;

std::uint64_t count_lines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

/// As many whole lines as fit in a piece, so that other writers of the same pipe cannot cut one;
/// else a part of one.
std::string_view next_piece(std::string_view lines) {
  if (lines.size() <= kPiece) return lines;
  const std::size_t newline = lines.rfind('\n', kPiece - 1);
  return lines.substr(0, newline == std::string_view::npos ? kPiece : newline + 1);
}

bool wait_writable(int descriptor, const std::function<bool()>& give_up) {
  pollfd waiting{descriptor, POLLOUT, 0};
  while (true) {
    const int ready = ::poll(&waiting, 1, kPollMilliseconds);
    if (ready > 0) return true;
    if (give_up()) return false;
  }
}

}  // namespace

std::uint64_t write_lines(int descriptor, std::string_view lines,
                          const std::function<bool()>& give_up) {
  std::uint64_t lost = 0;
  while (!lines.empty()) {
    if (!wait_writable(descriptor, give_up)) return lost + count_lines(lines);
    const std::string_view piece = next_piece(lines);
    const ssize_t written = ::write(descriptor, piece.data(), piece.size());
    if (written >= 0) {
      lines.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR && errno != EAGAIN) {
      lost += std::max<std::uint64_t>(1, count_lines(piece));
      lines.remove_prefix(piece.size());
    }
  }
  return lost;
}

}  // namespace dss::log
