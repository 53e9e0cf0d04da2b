#include "batching/policy.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

namespace dss::batching {
namespace {

using base::ErrorKind;
using base::fail;
using std::chrono::nanoseconds;

Limits at_least_one_worker(Limits limits) {
  limits.workers = std::max<std::size_t>(1, limits.workers);
  return limits;
}

std::size_t tokens_of(std::span<const Text> batch) {
  return std::accumulate(batch.begin(), batch.end(), std::size_t{0},
                         [](std::size_t sum, const Text& text) { return sum + text.tokens; });
}

std::uint32_t distance(std::uint32_t a, std::uint32_t b) { return a < b ? b - a : a - b; }

}  // namespace

Policy::Policy(const Limits& limits)
    : limits_(at_least_one_worker(limits)),
      standing_(limits_.patience),
      throughput_(limits_.workers) {}

bool Policy::stands(base::SteadyTime now) {
  const bool is_long = waiting_tokens_ > limits_.standing_tokens();
  standing_.note(is_long, now, now);
  return is_long && standing_.stands();
}

base::Status Policy::admit(WorkId work, const void* group, std::span<const std::uint32_t> lengths,
                           std::optional<base::SteadyTime> deadline, base::SteadyTime now) {
  const std::size_t tokens = std::accumulate(lengths.begin(), lengths.end(), std::size_t{0});
  if (tokens > limits_.queue_tokens) {
    return fail(ErrorKind::kTooLarge,
                "the texts have " + std::to_string(tokens) + " tokens together, the queue holds " +
                    std::to_string(limits_.queue_tokens) + "; send fewer at a time");
  }
  if (waiting_tokens_ + tokens > limits_.queue_tokens) {
    return fail(ErrorKind::kUnavailable, "the queue of the encoder is full; try again later");
  }
  if (stands(now) && !deadline) {
    return fail(ErrorKind::kUnavailable, "the encoder is overloaded; try again later");
  }
  if (deadline && now + estimated_wait(now) > *deadline) {
    return fail(ErrorKind::kUnavailable,
                "the deadline would pass in the queue; try again later or allow more time");
  }
  const bool overlaps = !queue_.empty() || throughput_.busy() > 0;
  enqueue(lengths, {{work, 0, 0, group}, now, now, deadline});
  arrivals_.note(now, overlaps);
  return {};
}

void Policy::enqueue(std::span<const std::uint32_t> lengths, Waiting waiting) {
  try {
    if (waiting.deadline) deadlines_.emplace(*waiting.deadline, waiting.text.work);
    std::size_t before = 0;
    for (const std::uint32_t tokens : lengths) {
      waiting.text.tokens = tokens;
      waiting.turn = waiting.arrived + yield_behind(before);
      const auto place = std::upper_bound(
          queue_.begin(), queue_.end(), waiting.turn,
          [](base::SteadyTime turn, const Waiting& other) { return turn < other.turn; });
      queue_.insert(place, waiting);
      before += tokens;
      waiting_tokens_ += tokens;
      ++waiting.text.sequence;
    }
  } catch (...) {
    discard(waiting.text.work);
    if (waiting.deadline) deadlines_.erase({*waiting.deadline, waiting.text.work});
    throw;
  }
}

nanoseconds Policy::yield_behind(std::size_t tokens) const {
  const double rate = throughput_.tokens_per_second();
  if (rate <= 0) return nanoseconds(0);
  const std::chrono::duration<double> yield(kYield * static_cast<double>(tokens) / rate);
  return std::chrono::duration_cast<nanoseconds>(
      std::min<std::chrono::duration<double>>(yield, kMostYield));
}

base::SteadyTime Policy::oldest_arrival() const {
  return std::min_element(queue_.begin(), queue_.end(),
                          [](const Waiting& a, const Waiting& b) { return a.arrived < b.arrived; })
      ->arrived;
}

std::optional<base::SteadyTime> Policy::ready_at() const {
  if (queue_.empty()) return std::nullopt;
  const auto gap = arrivals_.expected_gap();
  if (waiting_tokens_ >= limits_.batch_tokens || !gap || *gap > limits_.wait) {
    return queue_.front().arrived;
  }
  const auto oldest = oldest_arrival();
  const auto until = std::min(oldest + limits_.wait, arrivals_.last() + 2 * *gap);
  if (!deadlines_.empty() && deadlines_.begin()->first <= until) return oldest;
  return until;
}

std::size_t Policy::budget() const {
  const std::size_t idle = std::max<std::size_t>(1, limits_.workers - throughput_.busy());
  const std::size_t share = (waiting_tokens_ + idle - 1) / idle;
  return std::min(limits_.batch_tokens, std::max(share, kWorthSharing));
}

void Policy::take(std::vector<Text>* batch) {
  const std::size_t most = batch->empty() ? budget() : limits_.batch_tokens;
  if (batch->empty()) {
    if (queue_.empty()) return;
    move_to(batch, 0);
  }
  const Text first = batch->front();
  // Places in the queue, those of the nearest lengths first; equally near ones by age.
  std::array<std::size_t, kLookAhead> places{};
  const auto end =
      places.begin() + static_cast<std::ptrdiff_t>(std::min(kLookAhead, queue_.size()));
  std::iota(places.begin(), end, std::size_t{0});
  const auto distance_at = [&](std::size_t place) {
    return distance(queue_[place].text.tokens, first.tokens);
  };
  std::sort(places.begin(), end, [&](std::size_t a, std::size_t b) {
    return std::pair(distance_at(a), a) < std::pair(distance_at(b), b);
  });
  std::array<bool, kLookAhead> chosen{};
  std::size_t tokens = tokens_of(*batch);
  std::size_t texts = batch->size();
  for (auto place = places.begin(); place != end && texts < kLookAhead; ++place) {
    const Text& text = queue_[*place].text;
    if (text.group != first.group || tokens + text.tokens > most) continue;
    chosen[*place] = true;
    tokens += text.tokens;
    ++texts;
  }
  // From the back, so that the places before stay what they are.
  for (std::size_t place = kLookAhead; place-- > 0;) {
    if (chosen[place]) move_to(batch, place);
  }
}

void Policy::move_to(std::vector<Text>* batch, std::size_t place) {
  const Waiting& waiting = queue_[place];
  if (waiting.deadline) deadlines_.erase({*waiting.deadline, waiting.text.work});
  waiting_tokens_ -= waiting.text.tokens;
  batch->push_back(waiting.text);
  queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(place));
}

std::optional<WorkId> Policy::take_late(base::SteadyTime now) {
  if (deadlines_.empty() || deadlines_.begin()->first >= now) return std::nullopt;
  const WorkId work = deadlines_.begin()->second;
  discard(work);
  return work;
}

std::size_t Policy::discard(WorkId work) {
  std::optional<base::SteadyTime> deadline;
  const std::size_t texts = std::erase_if(queue_, [&](const Waiting& waiting) {
    if (waiting.text.work != work) return false;
    waiting_tokens_ -= waiting.text.tokens;
    deadline = waiting.deadline;
    return true;
  });
  if (deadline) deadlines_.erase({*deadline, work});
  return texts;
}

nanoseconds Policy::estimated_wait(base::SteadyTime now) const {
  const double rate = throughput_.tokens_per_second();
  const bool idle = queue_.empty() && throughput_.busy() < limits_.workers;
  if (rate <= 0 || idle) return nanoseconds(0);
  const double tokens = static_cast<double>(waiting_tokens_) + throughput_.running_tokens(now);
  return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(tokens / rate));
}

nanoseconds Policy::oldest_wait(base::SteadyTime now) const {
  return queue_.empty() ? nanoseconds(0) : nanoseconds(now - oldest_arrival());
}

std::optional<WorkId> Policy::first() const {
  if (queue_.empty()) return std::nullopt;
  return queue_.front().text.work;
}

}  // namespace dss::batching
