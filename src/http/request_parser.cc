#include "http/request_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

#include "http/ascii.h"

namespace dss::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;
using beast::http::verb;

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

Method to_method(verb v) {
  switch (v) {
    case verb::get:
      return Method::kGet;
    case verb::head:
      return Method::kHead;
    case verb::post:
      return Method::kPost;
    case verb::put:
      return Method::kPut;
    case verb::patch:
      return Method::kPatch;
    case verb::delete_:
      return Method::kDelete;
    case verb::options:
      return Method::kOptions;
    default:
      return Method::kOther;
  }
}

/// Where the callbacks of one message put what they see.
struct Sink {
  Head* head = nullptr;
  std::span<HeaderView> storage;
  std::size_t header_count = 0;
  bool header_done = false;
  std::string* body = nullptr;
  std::size_t max_body = 0;
  std::size_t max_extension = 0;
  bool too_large = false;
};

class MessageParser final : public beast::http::basic_parser<true> {
 public:
  explicit MessageParser(Sink* sink) : sink_(*sink) {
    body_limit(boost::none);
    header_limit(16384);
  }

 private:
  using error_code = beast::error_code;

  void on_request_impl(verb method, beast::string_view, beast::string_view target, int version,
                       error_code&) override {
    sink_.head->method = to_method(method);
    sink_.head->target = view(target);
    sink_.head->http11 = version == 11;
  }
  void on_response_impl(int, beast::string_view, int, error_code&) override {}

  void on_field_impl(field name, beast::string_view name_text, beast::string_view value,
                     error_code& ec) override {
    if (sink_.header_done) return;  // a trailer
    if (sink_.header_count == sink_.storage.size()) {
      ec = beast::http::error::header_limit;
      return;
    }
    sink_.storage[sink_.header_count++] = {view(name_text), view(value)};
    note(name, view(name_text), view(value));
  }

  void note(field name, std::string_view name_text, std::string_view value) {
    Head& head = *sink_.head;
    switch (name) {
      case field::host:
        ++head.hosts;
        head.host = value;
        return;
      case field::content_length:
        ++head.content_lengths;
        head.content_length = value;
        return;
      case field::transfer_encoding:
        ++head.transfer_encodings;
        head.transfer_encoding = value;
        return;
      case field::expect:
        head.expect = value;
        return;
      case field::unknown:
        if (iequals(name_text, "x-request-id")) head.request_id = value;
        if (iequals(name_text, "traceparent")) head.traceparent = value;
        return;
      default:
        return;
    }
  }

  void on_header_impl(error_code&) override { sink_.header_done = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(beast::string_view body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t size, beast::string_view extensions,
                            error_code& ec) override {
    if (extensions.size() > sink_.max_extension) ec = beast::http::error::bad_chunk_extension;
    if (size > sink_.max_body - sink_.body->size()) {
      sink_.too_large = true;
      ec = beast::http::error::body_limit;
    }
  }
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view body, error_code&) override {
    sink_.body->append(body.data(), body.size());
    return body.size();
  }
  void on_finish_impl(error_code&) override {}

  Sink& sink_;
};

/// True for the beginning of an empty body's last chunk ("0\r\n\r\n") that is not all there:
/// Boost.Beast asserts that it sees five bytes of it once it has seen its first line.
bool is_part_of_last_chunk(std::string_view bytes) { return bytes.size() < 5 && bytes[0] == '0'; }

/// 505 for a well-formed version that is not HTTP/1.x; 400 for anything else.
int version_status(std::string_view head) {
  const std::string_view line = head.substr(0, head.find('\r'));
  const std::size_t space = line.rfind(' ');
  if (space == std::string_view::npos) return 400;
  const std::string_view version = line.substr(space + 1);
  const bool well_formed = version.size() == 8 && version.starts_with("HTTP/") &&
                           is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
  const bool ours = version == "HTTP/1.1" || version == "HTTP/1.0";
  return well_formed && !ours ? 505 : 400;
}

}  // namespace

class RequestParser::Beast {
 public:
  Sink sink;
  std::optional<MessageParser> parser;
  /// The parser of the message under way, or null.
  MessageParser* current() { return parser ? &*parser : nullptr; }
};

RequestParser::RequestParser() : beast_(std::make_unique<Beast>()) {}
RequestParser::~RequestParser() = default;

int RequestParser::parse_head(std::string_view bytes, std::span<HeaderView> storage, Head* head) {
  *head = Head();
  Sink& sink = beast_->sink;
  sink = Sink();
  sink.head = head;
  sink.storage = storage;
  MessageParser& parser = beast_->parser.emplace(&sink);
  beast::error_code ec;
  parser.put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
  if (ec == beast::http::error::bad_version) return version_status(bytes);
  if (ec || !parser.is_header_done()) return 400;
  head->keep_alive = parser.keep_alive();
  head->headers = storage.first(sink.header_count);
  return 0;
}

RequestParser::Progress RequestParser::parse_chunks(std::string_view bytes, std::size_t max_body,
                                                    const Limits& limits, std::string* body) {
  MessageParser* parser = beast_->current();
  if (parser == nullptr) return {.status = 400};
  Sink& sink = beast_->sink;
  sink.body = body;
  sink.max_body = max_body;
  sink.max_extension = limits.chunk_overhead_bytes;
  Progress progress;
  while (!parser->is_done() && progress.consumed < bytes.size()) {
    const std::string_view rest = bytes.substr(progress.consumed);
    if (is_part_of_last_chunk(rest)) break;
    beast::error_code ec;
    progress.consumed += parser->put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
    if (ec == beast::http::error::need_more) break;
    if (ec) {
      progress.status = sink.too_large ? 413 : 400;
      return progress;
    }
  }
  progress.done = parser->is_done();
  // What waits for more bytes is a chunk's first line or the trailers.
  if (!progress.done && bytes.size() - progress.consumed > limits.chunk_overhead_bytes + 32)
    progress.status = 400;
  return progress;
}

}  // namespace dss::http
