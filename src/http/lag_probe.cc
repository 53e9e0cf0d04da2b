#include "http/lag_probe.h"

#include <sys/eventfd.h>

#include <boost/system/system_error.hpp>
#include <cerrno>

namespace dss::http {
namespace {

int always_readable() {
  const int descriptor = ::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC);
  if (descriptor < 0) {
    throw boost::system::system_error(errno, boost::system::system_category(), "eventfd");
  }
  return descriptor;
}

}  // namespace

LagProbe::LagProbe(boost::asio::io_context* context, const base::Clock* clock, Report report)
    : clock_(clock),
      report_(std::move(report)),
      readable_(context->get_executor(), always_readable()) {}

/// Asio watches edges; to wait anew modifies the descriptor's entry in epoll, which finds it
/// readable and puts it at the end of the list.
void LagProbe::begin() {
  under_way_ = true;
  began_ = clock_->steady();
  readable_.async_wait(decltype(readable_)::wait_read,
                       [this](const boost::system::error_code& error) {
                         under_way_ = false;
                         if (error) return;
                         const base::SteadyTime ended = clock_->steady();
                         report_(began_, ended);
                         // So that the end of an overload is seen at once.
                         if (ended - began_ > kEvery) begin();
                       });
}

void LagProbe::cancel() {
  boost::system::error_code ignored;
  readable_.cancel(ignored);
}

}  // namespace dss::http
