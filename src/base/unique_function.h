// A callable that owns what cannot be copied.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace dss::base {

template <typename Signature>
class UniqueFunction;

/// Like std::function, but its target need only be movable: it may own a responder. Empty until
/// given one, and when moved from.
template <typename R, typename... Arguments>
class UniqueFunction<R(Arguments...)> {
 public:
  UniqueFunction() = default;
  template <typename F>
    requires(!std::is_same_v<std::decay_t<F>, UniqueFunction> &&
             std::is_invocable_r_v<R, std::decay_t<F>&, Arguments...>)
  UniqueFunction(F&& target)  // NOLINT(google-explicit-constructor): a lambda is what callers have
      : target_(std::make_unique<Target<std::decay_t<F>>>(std::forward<F>(target))) {}

  explicit operator bool() const { return target_ != nullptr; }
  /// REQUIRES: not empty.
  R operator()(Arguments... arguments) {
    return target_->call(std::forward<Arguments>(arguments)...);
  }

 private:
  struct Base {
    virtual ~Base() = default;
    virtual R call(Arguments... arguments) = 0;
  };
  template <typename F>
  struct Target final : Base {
    explicit Target(F&& given) : function(std::move(given)) {}
    explicit Target(const F& given) : function(given) {}
    R call(Arguments... arguments) override {
      return function(std::forward<Arguments>(arguments)...);
    }
    F function;
  };
  std::unique_ptr<Base> target_;
};

}  // namespace dss::base
