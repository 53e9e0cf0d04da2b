// Certificate, key and rules of the TLS listeners.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/result.h"

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace dss::http {

/// PEM files. The certificate comes first in its file, behind it the chain, without the root.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

/// TLS 1.2 and 1.3, forward secrecy and authenticated ciphers only, no renegotiation, ALPN
/// `http/1.1`. Sessions are resumed by tickets; their keys are made with each object and stay in
/// memory, so that a reload also changes them. Immutable; thread-safe.
class TlsContext {
 public:
  /// Reads both files. Errors are one line with file and cause: kIo (missing, unreadable), kCorrupt
  /// (not PEM, cut, encrypted, key of another certificate).
  static base::Result<std::shared_ptr<const TlsContext>> open(const TlsFiles& files);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  /// From when on clients refuse the certificate.
  [[nodiscard]] base::SystemTime expires() const { return expires_; }
  [[nodiscard]] ssl_ctx_st* native() const { return context_; }

 private:
  explicit TlsContext(ssl_ctx_st* context) : context_(context) {}

  ssl_ctx_st* context_;
  base::SystemTime expires_{};
};

/// The context for new connections, which a reload replaces; connections keep theirs. Thread-safe.
class TlsSlot {
 public:
  [[nodiscard]] std::shared_ptr<const TlsContext> get() const {
    const std::lock_guard lock(mutex_);
    return context_;
  }
  void set(std::shared_ptr<const TlsContext> context) {
    const std::lock_guard lock(mutex_);
    context_.swap(context);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const TlsContext> context_;
};

}  // namespace dss::http
