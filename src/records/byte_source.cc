#include "records/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

namespace dss::records {
namespace {

using base::ErrorKind;
constexpr std::size_t kPiece = std::size_t{256} * 1024;

}  // namespace

struct ByteSource::State {
  std::string name;
  int descriptor = -1;
  std::optional<std::uint64_t> size;
  std::atomic<std::uint64_t> position{0};

  enum class Coding : std::uint8_t { kUnknown, kPlain, kGzip } coding = Coding::kUnknown;
  std::vector<char> piece = std::vector<char>(kPiece);
  std::size_t begin = 0;  ///< of the bytes in `piece` not yet handed on
  std::size_t end = 0;
  z_stream gzip{};
  bool inside_member = false;
  bool any_member = false;

  ~State() {
    if (coding == Coding::kGzip) inflateEnd(&gzip);
    if (descriptor > 2) ::close(descriptor);
  }

  base::Status fill();
  base::Status recognise();
  base::Result<bool> read_plain(std::string* out);
  base::Result<bool> read_gzip(std::string* out);
  base::Result<bool> inflate_some(std::string* out);
  void skip_padding();
  [[nodiscard]] tl::unexpected<base::Error> damaged(const char* cause) const {
    return base::fail(ErrorKind::kCorrupt, name + ": damaged gzip: " + cause);
  }
};

/// Makes `piece` hold more bytes, or none at the end. REQUIRES: all that was there has been used,
/// or there is room.
base::Status ByteSource::State::fill() {
  if (begin == end) begin = end = 0;
  if (descriptor < 0) return {};
  while (true) {
    const ssize_t got = ::read(descriptor, piece.data() + end, piece.size() - end);
    if (got >= 0) {
      end += static_cast<std::size_t>(got);
      position += static_cast<std::uint64_t>(got);
      return {};
    }
    if (errno != EINTR) return base::fail(ErrorKind::kIo, name + ": " + std::strerror(errno));
  }
}

/// Two bytes decide; a pipe may give them one by one.
base::Status ByteSource::State::recognise() {
  for (std::size_t before = 1; end < 2 && before != end;) {
    before = end;
    const base::Status status = fill();
    if (!status) return status;
  }
  const bool packed = end >= 2 && piece[0] == '\x1F' && piece[1] == '\x8B';
  coding = packed ? Coding::kGzip : Coding::kPlain;
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  if (packed && inflateInit2(&gzip, kGzipOnly) != Z_OK) {
    coding = Coding::kPlain;
    return base::fail(ErrorKind::kInternal, name + ": zlib does not start");
  }
  return {};
}

base::Result<bool> ByteSource::State::read_plain(std::string* out) {
  if (begin == end) {
    const base::Status status = fill();
    if (!status) return base::fail(status.error());
  }
  out->append(piece.data() + begin, end - begin);
  const bool more = end > begin;
  begin = end;
  return more;
}

base::Result<bool> ByteSource::State::inflate_some(std::string* out) {
  const std::size_t old_size = out->size();
  out->resize(old_size + kPiece);
  gzip.next_in = reinterpret_cast<Bytef*>(piece.data() + begin);
  gzip.avail_in = static_cast<uInt>(end - begin);
  gzip.next_out = reinterpret_cast<Bytef*>(out->data() + old_size);
  gzip.avail_out = kPiece;
  const int result = inflate(&gzip, Z_NO_FLUSH);
  begin = end - gzip.avail_in;
  out->resize(old_size + kPiece - gzip.avail_out);
  inside_member = result != Z_STREAM_END;
  any_member |= result == Z_STREAM_END;
  if (result == Z_STREAM_END) inflateReset(&gzip);
  if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
    return damaged(gzip.msg != nullptr ? gzip.msg : "unreadable");
  return out->size() > old_size;
}

/// Tapes and some archivers fill up their last block behind the last member.
void ByteSource::State::skip_padding() {
  if (!any_member || inside_member) return;
  while (begin < end && piece[begin] == '\0') ++begin;
}

base::Result<bool> ByteSource::State::read_gzip(std::string* out) {
  while (true) {
    if (begin == end) {
      const base::Status status = fill();
      if (!status) return base::fail(status.error());
      if (begin == end) {
        if (inside_member) return damaged("it is cut short");
        return false;
      }
    }
    skip_padding();
    if (begin == end) continue;
    const base::Result<bool> some = inflate_some(out);
    if (!some || *some) return some;
  }
}

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::~ByteSource() = default;

base::Result<std::unique_ptr<ByteSource>> ByteSource::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->name = path == "-" ? "standard input" : path;
  state->descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (state->descriptor < 0) {
    const ErrorKind kind = errno == ENOENT ? ErrorKind::kNotFound : ErrorKind::kIo;
    return base::fail(kind, path + ": " + std::strerror(errno));
  }
  struct stat info{};
  if (::fstat(state->descriptor, &info) == 0) {
    if (S_ISDIR(info.st_mode)) return base::fail(ErrorKind::kIo, state->name + ": it is a folder");
    if (S_ISREG(info.st_mode)) state->size = static_cast<std::uint64_t>(info.st_size);
  }
  return std::unique_ptr<ByteSource>(new ByteSource(std::move(state)));
}

std::unique_ptr<ByteSource> ByteSource::of_text(std::string_view text) {
  auto state = std::make_unique<State>();
  state->coding = State::Coding::kPlain;
  state->piece.assign(text.begin(), text.end());
  state->end = text.size();
  state->size = text.size();
  return std::unique_ptr<ByteSource>(new ByteSource(std::move(state)));
}

base::Result<bool> ByteSource::read_more(std::string* out) {
  if (state_->coding == State::Coding::kUnknown) {
    const base::Status status = state_->recognise();
    if (!status) return base::fail(status.error());
  }
  return state_->coding == State::Coding::kGzip ? state_->read_gzip(out) : state_->read_plain(out);
}

std::uint64_t ByteSource::position() const { return state_->position; }
std::optional<std::uint64_t> ByteSource::size() const { return state_->size; }

}  // namespace dss::records
