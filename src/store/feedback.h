// Feedback: what people say a text deserved, kept for evaluation. One interface, two databases.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/location.h"

namespace dss::store {

/// A label or a score: a category's name and a value from 0 to 1.
struct Rating {
  std::string name;
  double value = 0;
  bool operator==(const Rating&) const = default;
};

/// One piece of feedback as it is kept.
struct Entry {
  std::string id{};  ///< random; an entry written twice is kept once
  base::SystemTime received{};
  std::string text_hash{};       ///< see FeedbackKey
  std::vector<Rating> labels{};  ///< what the text deserves
  std::vector<Rating> scores{};  ///< what it got, if known
  std::string model{};
  std::string model_version{};
  std::string comment_id{};  ///< the submitter's own name for the text
  std::string community_id{};
  std::string client_hash{};          ///< see FeedbackKey; empty: nobody to answer to
  std::optional<std::string> text{};  ///< only where the operator keeps texts
};

/// From when on something is too old.
struct Expiry {
  base::SystemTime texts;    ///< texts received before are erased; their entries stay
  base::SystemTime entries;  ///< entries received before are deleted
};

/// What became of an Expiry.
struct Expired {
  std::uint64_t texts = 0;
  std::uint64_t entries = 0;
};

/// An entry and its place in the order of writing.
struct Numbered {
  std::int64_t number = 0;
  Entry entry;
};

/// Entries of one model in one version.
struct ModelCount {
  std::string model;
  std::string version;
  std::uint64_t entries = 0;
};

struct Statistics {
  std::uint64_t entries = 0;
  std::uint64_t with_text = 0;
  std::optional<base::SystemTime> first{};  ///< received; nothing without entries
  std::optional<base::SystemTime> last{};
  std::vector<ModelCount> models{};  ///< by model, then version
};

/// A database of feedback. Every call blocks until the database has answered. Errors: kUnavailable
/// (locked, unreachable: trying later may help), kIo, kCorrupt, kInternal. Not thread-safe; several
/// objects, in several processes, may work on one database.
class Feedback {
 public:
  virtual ~Feedback() = default;

  /// Keeps all of them or none. Ids that are there already are passed over. U+0000, which
  /// PostgreSQL cannot hold, is kept as U+FFFD.
  virtual base::Status add(std::span<const Entry> entries) = 0;
  /// The first entries behind `number` that were received at `since` or later, in the order of
  /// writing; at most `limit`, fewer only at the end.
  virtual base::Result<std::vector<Numbered>> after(std::int64_t number, base::SystemTime since,
                                                    std::size_t limit) = 0;
  /// Deletes the entries of one client; the value is their number.
  virtual base::Result<std::uint64_t> remove_client(const std::string& client_hash) = 0;
  virtual base::Result<Expired> expire(const Expiry& expiry) = 0;
  virtual base::Result<Statistics> statistics() = 0;
};

/// Opens the database and makes its tables if they are missing. A SQLite file is created readable
/// by its owner only. Further errors: kInvalidArgument (another program's or a newer version's
/// tables).
[[nodiscard]] base::Result<std::unique_ptr<Feedback>> open_feedback(const Location& location);

}  // namespace dss::store
