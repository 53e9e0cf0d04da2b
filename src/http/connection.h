// One client connection: reads requests, hands them to their handlers, writes the answers in order.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "http/exchange.h"
#include "http/loop.h"
#include "http/output.h"
#include "http/request_reader.h"
#include "http/stream_port.h"
#include "http/transport.h"

namespace dss::http {

/// Lives on its loop; deletes itself once closed and without pending operations. One request at a
/// time is handled, so pipelined answers keep their order; all that were answered at once leave in
/// one write.
class Connection final : private AnswerSink, private StreamSink {
 public:
  Connection(Loop* loop, Incoming incoming);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  /// Ends what has passed its deadline; gives the buffer of a connection that fell idle back to the
  /// pool.
  void sweep(base::SteadyTime now);
  /// The server drains: nothing more is awaited for long.
  void end_if_idle(base::SteadyTime now);
  void close();
  /// As close(), by a server that ends: a request that was accepted and stays without its whole
  /// answer is reported.
  void abandon();

  [[nodiscard]] const PeerAddress& address() const { return address_; }
  [[nodiscard]] Door door() const { return door_; }

  std::size_t slot = 0;  ///< place in the loop's list

 private:
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

  enum class Phase : std::uint8_t {
    kHandshake,  ///< TLS is not established yet
    kIdle,       ///< between requests
    kHead,       ///< a request has begun
    kBody,       ///< its head is accepted
    kHandler,    ///< the Responder is out
    kStream,     ///< body and answer go on side by side
    kLinger,     ///< answered and half-closed; input is thrown away
    kClosed,
  };

  ~Connection() = default;

  // TLS, in connection_tls.cc
  void wait_for_hello();
  void begin_tls();
  void refuse_plain_text();
  void go_on_with_handshake();
  void on_established();

  // Reading
  void wait_for_first_byte();
  void read();
  void on_read(const ErrorCode& error, std::size_t bytes);
  void on_end_of_input();
  void park();
  void probe_client();
  void end_overdue();
  bool discard_input(std::size_t bytes);
  bool operation_done();

  // Requests
  void process();
  [[nodiscard]] bool may_take_request() const;
  bool step();
  bool read_head();
  void accept_head();
  [[nodiscard]] std::optional<Failure> judge_load(const Route* route);
  void hold_refusal(Failure failure, bool client_asks);
  bool read_body();
  void dispatch();

  // Streams, in connection_stream.cc
  struct Stream {
    std::shared_ptr<StreamPort> port;
    std::unique_ptr<StreamHandler> handler;
    std::uint64_t received = 0;  ///< bytes of the body
    std::uint64_t sent = 0;      ///< bytes of the answer's body
    bool body_ended = false;
    bool answered = false;  ///< status and headers are on their way
  };
  bool open_stream();
  void renew_stream_deadline();
  void stream_ready() override;
  void pump_stream();
  void send_stream_output();
  void open_stream_answer();
  bool feed_stream();
  void fail_stream();
  void end_stream();
  void drop_stream();
  void sweep_stream(base::SteadyTime now);

  // Answers
  void answered(Response* response) override;
  void refuse(int status, std::string_view reason);
  void refuse_request(int status, std::string_view message);
  void write_answer(Response* response, bool close);
  std::uint64_t write_response(Response* response, std::string_view request_id, bool close);
  void finish_request(const Response& response, std::uint64_t response_bytes);
  void observe(const Response& response, std::uint64_t response_bytes, base::SteadyTime now);
  void flush();
  bool write_some();
  void wait_writable();
  void process_output();
  void settle();
  void finish();

  Loop& loop_;
  Transport transport_;
  PeerAddress address_;
  Door door_;
  Phase phase_ = Phase::kIdle;
  bool reading_ = false;
  bool parking_ = false;      ///< the read is being cancelled to free its buffer
  bool active_ = false;       ///< something arrived since the last sweep
  bool writing_ = false;      ///< output waits for the client
  bool stalled_ = false;      ///< `write_deadline_` runs
  bool in_dispatch_ = false;  ///< a handler is running below us
  bool close_after_ = false;  ///< no further request is read
  bool linger_ = false;       ///< input may be left, which a plain close would turn into a reset
  bool input_ended_ = false;
  int pending_ = 0;  ///< operations whose handlers hold `this`
  base::SteadyTime deadline_;
  base::SteadyTime write_deadline_;
  std::uint64_t answers_ = 0;
  std::uint64_t linger_left_ = 0;
  Exchange* exchange_ = nullptr;    ///< null while idle
  std::unique_ptr<Stream> stream_;  ///< in Phase::kStream
  Output output_;
};

}  // namespace dss::http
