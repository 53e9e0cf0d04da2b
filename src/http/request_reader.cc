#include "http/request_reader.h"

#include <optional>

namespace dss::http {
namespace {

using State = ReadResult::State;

ReadResult refused(int status, std::string_view reason) {
  return {.state = State::kRefused, .status = status, .reason = reason};
}

/// Parses and judges the head found by the scanner, and moves behind it.
ReadResult parse_head(Exchange* exchange) {
  const std::string_view bytes = exchange->unconsumed().substr(0, exchange->scanner.head_bytes());
  exchange->begin += bytes.size();
  exchange->head_end = exchange->begin;
  const int status = exchange->parser.parse_head(bytes, exchange->headers, &exchange->head);
  if (status == 505) return refused(status, "only HTTP/1.0 and HTTP/1.1 are spoken here");
  if (status != 0) return refused(status, "the request is malformed");
  exchange->framing = check_framing(exchange->head);
  if (exchange->framing.status != 0)
    return refused(exchange->framing.status, exchange->framing.reason);
  return {.state = State::kComplete};
}

ReadResult read_chunks(Exchange* exchange, const Limits& limits) {
  const RequestParser::Progress progress = exchange->parser.parse_chunks(
      exchange->unconsumed(), exchange->max_body, limits, &exchange->spill);
  exchange->begin += progress.consumed;
  if (progress.status == 413) return refused(413, "the body is too large");
  if (progress.status != 0) return refused(progress.status, "the chunked body is malformed");
  return {.state = progress.done ? State::kComplete : State::kIncomplete};
}

/// Into `spill`, what the buffer is too small for.
ReadResult read_large(Exchange* exchange) {
  const std::size_t length = exchange->framing.content_length;
  const std::string_view part = exchange->unconsumed().substr(0, length - exchange->spill.size());
  exchange->spill.append(part);
  exchange->begin += part.size();
  return {.state = exchange->spill.size() == length ? State::kComplete : State::kIncomplete};
}

/// The caller's trace with a span of our own, or a new one.
trace::Context trace_of(const Head& head, base::Rng* rng, const trace::RatioSampler& sampler) {
  std::optional<trace::Context> context;
  if (!head.traceparent.empty()) context = trace::parse_traceparent(head.traceparent);
  if (context) {
    trace::start_span(&*context, rng);
    return *context;
  }
  trace::Context own = trace::new_trace(rng);
  own.sampled = sampler.wants(own);
  return own;
}

}  // namespace

ReadResult read_head(Exchange* exchange, const Limits& limits, bool may_move) {
  while (exchange->unconsumed().starts_with("\r\n")) exchange->begin += 2;
  if (exchange->unconsumed().empty() || exchange->unconsumed() == "\r") return {};
  HeadScanner& scanner = exchange->scanner;
  const HeadScanner::State found = scanner.scan(exchange->unconsumed(), limits);
  if (found == HeadScanner::State::kIncomplete) return {};
  if (found == HeadScanner::State::kRefused) return refused(scanner.status(), scanner.reason());
  const std::size_t head_begin = exchange->begin;
  const ReadResult parsed = parse_head(exchange);
  if (parsed.state != State::kComplete || head_begin == 0 || !body_is_incomplete(*exchange)) {
    return parsed;
  }
  exchange->begin = head_begin;
  if (!may_move) {
    scanner.reset();
    return {};
  }
  exchange->compact(0);
  return parse_head(exchange);
}

void make_request(Exchange* exchange, base::Rng* rng, const trace::RatioSampler& sampler) {
  const Head& head = exchange->head;
  Request& request = exchange->request;
  request.method = head.method;
  request.target = exchange->framing.target;
  const std::size_t mark = request.target.find('?');
  request.path = request.target.substr(0, mark);
  request.query =
      mark == std::string_view::npos ? std::string_view() : request.target.substr(mark + 1);
  request.headers = head.headers;
  request.body = {};
  request.caller = {};
  request.peer.address = exchange->peer.view();
  request.request_id =
      is_request_id(head.request_id) ? head.request_id : new_request_id(rng, &exchange->id);
  request.trace = trace_of(head, rng, sampler);
}

bool body_is_incomplete(const Exchange& exchange) {
  const Framing& framing = exchange.framing;
  return framing.chunked || exchange.unconsumed().size() < framing.content_length;
}

ReadResult read_body(Exchange* exchange, const Limits& limits) {
  const std::size_t length = exchange->framing.content_length;
  const bool in_place = !exchange->framing.chunked && exchange->spill.empty() &&
                        exchange->begin + length <= kBufferBytes;
  if (in_place) {
    if (exchange->unconsumed().size() < length) return {};
    exchange->request.body = exchange->unconsumed().substr(0, length);
    exchange->begin += length;
    return {.state = State::kComplete};
  }
  const ReadResult result =
      exchange->framing.chunked ? read_chunks(exchange, limits) : read_large(exchange);
  if (result.state == State::kComplete) {
    exchange->spill.reserve(exchange->spill.size() + kBodyPadding);
    exchange->request.body = exchange->spill;
  }
  return result;
}

}  // namespace dss::http
