#include "http/exchange.h"

#include <sys/mman.h>

#include <cstring>
#include <new>
#include <utility>

namespace dss::http {
namespace {

/// A spilled body of more than this is freed when its request ends.
constexpr std::size_t kKeptSpill = 65536;

thread_local const AnswerBox* current_loop = nullptr;

}  // namespace

void set_current_loop(const AnswerBox* box) { current_loop = box; }

void AnswerBox::deliver(Exchange* exchange) {
  const std::lock_guard lock(mutex_);
  if (!open_) {
    delete exchange;
    return;
  }
  delivered_.exchanges.push_back(exchange);
  wake_for_the_first();
}

void AnswerBox::run(base::UniqueFunction<void()> task) {
  const std::lock_guard lock(mutex_);
  if (!open_) return;
  delivered_.tasks.push_back(std::move(task));
  wake_for_the_first();
}

void AnswerBox::wake_for_the_first() {
  if (delivered_.exchanges.size() + delivered_.tasks.size() == 1) wake_();
}

AnswerBox::Delivered AnswerBox::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(delivered_, {});
}

std::vector<Exchange*> AnswerBox::close() {
  const std::lock_guard lock(mutex_);
  open_ = false;
  return std::exchange(delivered_, {}).exchanges;
}

void* Exchange::operator new(std::size_t size) {
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return memory;
}

void Exchange::operator delete(void* memory, std::size_t size) { ::munmap(memory, size); }

void Exchange::compact(std::size_t front) {
  if (begin == front) return;
  std::memmove(buffer.data() + front, buffer.data() + begin, end - begin);
  end -= begin - front;
  begin = front;
}

void Exchange::next_request() {
  scanner.reset();
  has_refusal = false;
  if (spill.capacity() > kKeptSpill) {
    std::string().swap(spill);  // an assignment of a short string would keep the memory
  } else {
    spill.clear();
  }
}

void Exchange::clear() {
  begin = end = 0;
  next_request();
  sink = nullptr;
  outstanding = false;
  gone.store(false, std::memory_order_relaxed);
  has_response_ = false;
  response_ = Response();
}

void Exchange::answer(Response* response) {
  if (current_loop == box_.get() && sink != nullptr) {
    sink->answered(response);
    return;
  }
  if (response != nullptr) response_ = std::move(*response);
  has_response_ = response != nullptr;
  // The box may delete this exchange, and with it the last reference to the box.
  const std::shared_ptr<AnswerBox> box = box_;
  box->deliver(this);
}

Responder& Responder::operator=(Responder&& other) noexcept {
  if (this != &other) {
    if (exchange_ != nullptr) exchange_->answer(nullptr);
    exchange_ = std::exchange(other.exchange_, nullptr);
  }
  return *this;
}

Responder::~Responder() {
  if (exchange_ != nullptr) exchange_->answer(nullptr);
}

void Responder::send(Response response) {
  if (exchange_ != nullptr) std::exchange(exchange_, nullptr)->answer(&response);
}

bool Responder::client_gone() const {
  return exchange_ != nullptr && exchange_->gone.load(std::memory_order_relaxed);
}

}  // namespace dss::http
