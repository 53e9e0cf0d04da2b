#include "api/native/row_stream.h"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>

#include "api/encoder_feed.h"
#include "api/failure.h"
#include "api/judge.h"
#include "api/listed.h"
#include "api/long_body.h"
#include "api/native/answer.h"
#include "api/native/members.h"
#include "api/native/row_order.h"
#include "api/native/score_response.h"
#include "api/policy_answer.h"
#include "base/utf8.h"
#include "records/row_reader.h"
#include "records/row_writer.h"

namespace dss::api::native {
namespace {

constexpr std::size_t kMostRows = 256;          // of one request under way
constexpr std::size_t kMostRowBytes = 1 << 20;  // of one row
constexpr std::string_view kInlineModel = "simple";

const records::Schema& schema() {
  static const records::Schema kNdjson{.format = records::InputFormat::kNdjson};
  return kNdjson;
}

std::vector<std::string> member_names() {
  std::vector<std::string> names = row_member_names();
  names.insert(names.end(), {"blocklists", "policy"});
  return names;
}

const records::RowWriter& row_writer() {
  static const records::RowWriter kWriter(records::OutputFormat::kNdjson, &schema(),
                                          {member_names(), {}}, nullptr);
  return kWriter;
}

// A row that has a text.
struct Line {
  std::size_t place;
  std::size_t number;
  std::string_view raw;
  std::string_view text;
};

// Code points in front of the text in what the row holds, where white space is not taken off.
std::size_t trimmed_in_front(std::string_view raw) {
  static thread_local json::Reader reader;
  const auto row = reader.parse(raw);
  if (!row) return 0;
  const std::string_view whole = row->find(schema().text_name)->string().value_or("");
  const auto bytes = static_cast<std::size_t>(base::trim(whole).data() - whole.data());
  return base::count_code_points(whole.substr(0, bytes));
}

// By whose policies a stream's rows are judged: as they were when it began.
struct Judges {
  PolicyPointer by_headers{};                         // null: none applies
  std::shared_ptr<const policy::PolicySet> by_row{};  // null: no row has a say

  [[nodiscard]] PolicyPointer of(std::string_view community) const {
    return by_row == nullptr || community.empty() ? by_headers : by_row->for_community(community);
  }
};

// The community that a row names, or why that is none.
base::Result<std::string_view> community_of(const json::Value& row) {
  std::string_view community;
  std::vector<Issue> issues;
  read_community(row, &community, &issues);
  if (issues.empty()) return community;
  return base::fail(base::ErrorKind::kInvalidArgument,
                    "'" + std::string(issues[0].field) + "': " + issues[0].message);
}

// What results need of the request and of the rows, on whatever thread they come.
struct Rows {
  Rows(const Service& known, const http::Request& request, Judges judge_by,
       std::shared_ptr<http::StreamWriter> writer)
      : service(known), judges(std::move(judge_by)), order(std::move(writer)) {
    kept.trace = request.trace;
    kept.caller = request.caller;
  }

  const Service& service;
  const Judges judges;
  http::Request kept;  // of the request, what outlives it
  RowOrder order;

  void fail(std::size_t place, std::size_t line, std::string_view cause) {
    std::string out;
    row_writer().append_error(line, cause, &out);
    order.fill(place, std::move(out));
  }

  void answer(const Line& line, std::string_view model, base::Result<scoring::Outcome> outcome) {
    const base::SteadyTime now = service.clock->steady();
    const Scored scored = judge(service, {kept, now, now}, model, std::move(outcome));
    if (!scored.outcome) {
      return fail(line.place, line.number, failure_of(scored.outcome.error()).message);
    }
    records::Row row;
    row.raw = line.raw;
    std::string out;
    row_writer().append(row, {members(line, scored), {}}, &out);
    order.fill(line.place, std::move(out));
  }

 private:
  [[nodiscard]] std::string members(const Line& line, const Scored& scored) const {
    std::string members = row_members(*scored.outcome, scored.verdict, scored.model);
    const auto lists = listed(service, line.text);
    const PolicyPointer policy = policy_of(line);
    if (!lists && policy == nullptr) return members;
    std::string more;
    json::Writer writer(&more);
    writer.begin_object();
    if (lists) {
      const std::size_t shift = lists->matches.empty() ? 0 : trimmed_in_front(line.raw);
      write_blocklists(lists->matches, shift, &writer);
    }
    if (policy != nullptr) {
      const auto matches = policy::match_lists(*policy, line.text);
      const auto decision = decide(*policy, matches, *scored.outcome, service.thresholds);
      write_policy(*policy, decision, &writer);
    }
    writer.end_object();
    return members + "," + more.substr(1, more.size() - 2);
  }

  // REQUIRES: the row's community was found right before.
  [[nodiscard]] PolicyPointer policy_of(const Line& line) const {
    if (judges.by_row == nullptr) return judges.by_headers;
    static thread_local json::Reader reader;
    const auto row = reader.parse(line.raw);
    return judges.of(row ? community_of(*row).value_or(std::string_view()) : std::string_view());
  }
};

class RowStream final : public http::StreamHandler {
 public:
  RowStream(std::shared_ptr<Rows> rows, std::string_view model)
      : rows_(std::move(rows)), model_(model), reader_(&schema()) {
    if (model_ != kInlineModel && rows_->service.backend.score_later) make_feed();
  }

  void data(std::string_view bytes) override {
    const std::size_t last = bytes.rfind('\n');
    if (last == std::string_view::npos) return keep(bytes);
    if (skipping_) {
      const std::size_t end = bytes.find('\n') + 1;
      bytes.remove_prefix(end);
      skipping_ = false;
      if (end > last) return keep(bytes);
      return data(bytes);
    }
    pending_ += bytes.substr(0, last + 1);
    read_rows();
    keep(bytes.substr(last + 1));
  }
  void end() override {
    if (!pending_.empty()) read_rows();
    rows_->order.close();
  }
  [[nodiscard]] bool wants_data() const override {
    return rows_->order.size() < kMostRows && aside_.empty();
  }
  void tick() override {
    if (feed_) feed_->retry();
    while (!aside_.empty() && read_aside(&aside_.front())) aside_.pop_front();
  }

 private:
  // A row that another thread reads.
  struct Aside {
    std::shared_ptr<Rows> rows;
    std::string_view model;
    std::size_t place;
    std::size_t line;
    std::string raw;
    std::string text;
    void operator()() const {
      rows->answer({place, line, raw, text}, model,
                   rows->service.backend.score(text, {.model = model}));
    }
  };

  void make_feed() {
    feed_ = std::make_shared<EncoderFeed>(
        rows_->service.backend, std::nullopt, EncoderFeed::WhenFull::kWait,
        EncoderFeed::Calls{.gone = [rows = rows_] { return rows->order.client_gone(); },
                           .done =
                               [rows = rows_](const EncoderFeed::Text& text,
                                              base::Result<scoring::Outcome> outcome) {
                                 rows->answer({text.place, text.line, text.row, text.text},
                                              text.model, std::move(outcome));
                               },
                           .account = account_of(rows_->kept.caller)});
  }

  // The beginning of a row.
  void keep(std::string_view bytes) {
    if (skipping_) return;
    pending_ += bytes;
    if (pending_.size() <= kMostRowBytes) return;
    rows_->fail(rows_->order.open(), next_line_++, "the row is longer than 1 MiB");
    pending_.clear();
    skipping_ = true;
  }

  void read_rows() {
    records::Chunk chunk;
    chunk.first_line = next_line_;
    chunk.size = pending_.size();
    chunk.bytes = std::exchange(pending_, {});
    next_line_ +=
        static_cast<std::size_t>(std::count(chunk.bytes.begin(), chunk.bytes.end(), '\n'));
    chunk.bytes.append(json::kPadding, '\0');
    reader_.start(chunk);
    for (records::Row row; reader_.next(&row);) read_row(row);
  }

  void read_row(const records::Row& row) {
    const std::size_t place = rows_->order.open();
    if (!row.error.empty()) return rows_->fail(place, row.line, row.error);
    if (rows_->judges.by_row != nullptr) {
      const auto community = community_of(row.object);
      if (!community) return rows_->fail(place, row.line, community.error().message);
    }
    if (feed_) {
      return feed_->add({.place = place,
                         .text = std::string(row.text),
                         .model = model_,
                         .line = row.line,
                         .row = std::string(row.raw)});
    }
    if (!rows_->service.run_aside || fits_the_loop(rows_->service, row.text.size())) {
      return rows_->answer({place, row.line, row.raw, row.text}, model_,
                           rows_->service.backend.score(row.text, {.model = model_}));
    }
    Aside aside{rows_, model_, place, row.line, std::string(row.raw), std::string(row.text)};
    if (!read_aside(&aside)) aside_.push_back(std::move(aside));
  }

  // False: the lane has no room.
  [[nodiscard]] bool read_aside(const Aside* aside) const {
    http::Task task = *aside;
    return rows_->service.run_aside(&task);
  }

  const std::shared_ptr<Rows> rows_;
  const std::string_view model_;
  records::RowReader reader_;
  std::shared_ptr<EncoderFeed> feed_;  // null: the model answers on the loop
  std::string pending_;                // of rows not complete yet
  std::size_t next_line_ = 1;
  bool skipping_ = false;  // the rest of a row that was too long
  std::deque<Aside> aside_;
};

bool is_rows(std::string_view content_type) {
  const std::string_view type = content_type.substr(0, content_type.find(';'));
  return type == "application/x-ndjson" || type == "application/ndjson" ||
         type == "application/jsonl" || type == "application/x-jsonl";
}

}  // namespace

http::StreamStart open_row_stream(const Service& service, const http::Request& request,
                                  std::shared_ptr<http::StreamWriter> writer) {
  if (!is_rows(request.header("content-type"))) return {};
  const auto model = model_in_query(service, request);
  if (!model) return model.error();
  auto policy = chosen_policy(service, request);
  if (!policy) return policy.error();
  Judges judges{.by_headers = std::move(*policy)};
  if (service.policies && request.header("x-policy").empty()) judges.by_row = service.policies();
  return std::make_unique<RowStream>(
      std::make_shared<Rows>(service, request, std::move(judges), std::move(writer)), *model);
}

}  // namespace dss::api::native
