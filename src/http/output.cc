#include "http/output.h"

#include <algorithm>

namespace dss::http {

void Output::consume(std::size_t bytes) {
  const std::size_t of_text = std::min(bytes, text_.size() - sent_);
  sent_ += of_text;
  large_.remove_prefix(bytes - of_text);
  if (sent_ == text_.size()) {
    text_.clear();
    sent_ = 0;
  }
  if (large_.empty() && !owner_.empty()) std::string().swap(owner_);
}

}  // namespace dss::http
