// How long what is ready waits for its turn on an event loop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <functional>

#include "base/clock.h"

namespace dss::http {

/// A descriptor that is always readable joins the end of the kernel's list of what is ready, behind
/// every socket whose request waits; the time until the loop comes to it is what a request that
/// arrives now would wait. That costs one system call each kEvery, and nothing while nobody asks.
/// On the loop only.
class LagProbe {
 public:
  using Report = std::function<void(base::SteadyTime began, base::SteadyTime ended)>;

  /// `report` is called on the loop. Throws boost::system::system_error without descriptors.
  LagProbe(boost::asio::io_context* context, const base::Clock* clock, Report report);
  LagProbe(const LagProbe&) = delete;
  LagProbe& operator=(const LagProbe&) = delete;

  /// Begins a measurement, unless one is under way or has begun lately. `now` may be some time ago.
  void poke(base::SteadyTime now) {
    if (!under_way_ && now - began_ >= kEvery) begin();
  }
  void cancel();

 private:
  static constexpr std::chrono::milliseconds kEvery{2};

  void begin();

  const base::Clock* clock_;
  Report report_;
  boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type> readable_;
  bool under_way_ = false;
  base::SteadyTime began_{};
};

}  // namespace dss::http
