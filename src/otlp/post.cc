#include "otlp/post.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>
#include <utility>

namespace dss::otlp {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Tcp = asio::ip::tcp;

constexpr std::size_t kMostAnswerBytes = 65536;
constexpr int kHttp11 = 11;

std::optional<std::chrono::seconds> retry_after(std::string_view text) {
  int seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  if (!whole || seconds < 0) return std::nullopt;
  return std::chrono::seconds(seconds);
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

base::Error unreachable(const Endpoint& endpoint, const boost::system::error_code& error) {
  return {base::ErrorKind::kUnavailable, endpoint.authority() + ": " + error.message()};
}

}  // namespace

/// Beast's streams have time limits for asynchronous operations only, so each of them is one, and
/// the context is run until it is done.
class Poster::Connection {
 public:
  boost::system::error_code open(const Endpoint& endpoint, std::chrono::milliseconds patience) {
    boost::system::error_code error;
    const auto addresses = Tcp::resolver(context_).resolve(endpoint.host, endpoint.port, error);
    if (error) return error;
    stream_.expires_after(patience);
    return run([&](auto done) {
      stream_.async_connect(addresses, [done](const auto& failed, const auto&) { done(failed); });
    });
  }

  base::Result<Answer> post(const Endpoint& endpoint, http::request<http::string_body>* request,
                            std::chrono::milliseconds patience) {
    stream_.expires_after(patience);
    auto error = run([&](auto done) {
      http::async_write(stream_, *request,
                        [done](const auto& failed, std::size_t) { done(failed); });
    });
    if (error) return base::fail(unreachable(endpoint, error));
    http::response_parser<http::string_body> parser;
    parser.body_limit(kMostAnswerBytes);
    error = run([&](auto done) {
      http::async_read(stream_, buffer_, parser,
                       [done](const auto& failed, std::size_t) { done(failed); });
    });
    if (error) return base::fail(unreachable(endpoint, error));
    keeps_open_ = parser.get().keep_alive();
    return Answer{.status = static_cast<int>(parser.get().result_int()),
                  .retry_after = retry_after(view(parser.get()[http::field::retry_after])),
                  .body = std::move(parser.get().body())};
  }

  [[nodiscard]] bool keeps_open() const { return keeps_open_; }

 private:
  template <typename Start>
  boost::system::error_code run(const Start& start) {
    boost::system::error_code result;
    start([&result](const boost::system::error_code& error) { result = error; });
    context_.restart();
    context_.run();
    return result;
  }

  asio::io_context context_{1};
  beast::tcp_stream stream_{context_};
  beast::flat_buffer buffer_;
  bool keeps_open_ = false;
};

Poster::Poster(Endpoint endpoint) : endpoint_(std::move(endpoint)) {}
Poster::~Poster() = default;

base::Result<Answer> Poster::post(std::string_view content_type, const std::string& body,
                                  std::chrono::milliseconds patience) {
  http::request<http::string_body> request{http::verb::post, endpoint_.path, kHttp11};
  request.set(http::field::host, endpoint_.authority());
  request.set(http::field::content_type,
              beast::string_view(content_type.data(), content_type.size()));
  request.set(http::field::user_agent, "dss");
  request.body() = body;
  request.prepare_payload();
  if (connection_ != nullptr) {
    auto answer = connection_->post(endpoint_, &request, patience);
    if (!answer || !connection_->keeps_open()) connection_.reset();
    if (answer) return answer;
    // The other side may have ended the idle connection: that is no failure yet.
  }
  auto fresh = std::make_unique<Connection>();
  if (const auto error = fresh->open(endpoint_, patience))
    return base::fail(unreachable(endpoint_, error));
  auto answer = fresh->post(endpoint_, &request, patience);
  if (answer && fresh->keeps_open()) connection_ = std::move(fresh);
  return answer;
}

}  // namespace dss::otlp
