#include "http/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <string_view>

namespace dss::http {
namespace {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;

constexpr long kTicketSeconds = 3600;
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::string_view kProtocol = "\x08http/1.1";
constexpr unsigned char kSessionContext[] = "dss";

tl::unexpected<base::Error> corrupt(const std::string& file, const std::string& cause) {
  ERR_clear_error();
  return base::fail(base::ErrorKind::kCorrupt, file + ": " + cause);
}

/// OpenSSL's word for what went wrong last.
std::string reason() {
  const char* text = ERR_reason_error_string(ERR_peek_last_error());
  return text == nullptr ? "unknown cause" : text;
}

bool last_reason_is(int library, int reason) {
  const unsigned long error = ERR_peek_last_error();
  return ERR_GET_LIB(error) == library && ERR_GET_REASON(error) == reason;
}

base::Result<std::string> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, Deleter<std::fclose>> file(std::fopen(path.c_str(), "re"));
  std::string bytes;
  char part[4096];
  while (file != nullptr) {
    const std::size_t got = std::fread(part, 1, sizeof part, file.get());
    bytes.append(part, got);
    if (got == sizeof part) continue;
    if (std::ferror(file.get()) == 0) return bytes;
    break;
  }
  return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));
}

Bio bio_over(const std::string& bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

/// Asked for a passphrase: there is nobody to give one.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return -1; }

/// Takes over the leaf and the chain behind it.
base::Status use_chain(SSL_CTX* context, const std::string& file) {
  const auto bytes = read_file(file);
  if (!bytes) return base::fail(bytes.error());
  const Bio bio = bio_over(*bytes);
  const Certificate leaf(PEM_read_bio_X509_AUX(bio.get(), nullptr, no_passphrase, nullptr));
  if (leaf == nullptr) return corrupt(file, "holds no whole PEM certificate (" + reason() + ")");
  if (SSL_CTX_use_certificate(context, leaf.get()) != 1)
    return corrupt(file, "the certificate cannot be used (" + reason() + ")");
  while (X509* link = PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)) {
    SSL_CTX_add0_chain_cert(context, link);
  }
  if (!last_reason_is(ERR_LIB_PEM, PEM_R_NO_START_LINE))
    return corrupt(file, "the chain behind the certificate is damaged (" + reason() + ")");
  ERR_clear_error();
  return {};
}

base::Status use_key(SSL_CTX* context, const TlsFiles& files) {
  const auto bytes = read_file(files.key);
  if (!bytes) return base::fail(bytes.error());
  const Key key(PEM_read_bio_PrivateKey(bio_over(*bytes).get(), nullptr, no_passphrase, nullptr));
  if (key == nullptr) {
    const bool encrypted = bytes->find("ENCRYPTED") != std::string::npos;
    return corrupt(files.key, encrypted ? "the key is encrypted; store it without a passphrase"
                                        : "holds no whole PEM key (" + reason() + ")");
  }
  if (X509_check_private_key(SSL_CTX_get0_certificate(context), key.get()) != 1)
    return corrupt(files.key, "is not the key of the certificate in " + files.certificate);
  if (SSL_CTX_use_PrivateKey(context, key.get()) != 1)
    return corrupt(files.key, "the key cannot be used (" + reason() + ")");
  return {};
}

int choose_protocol(SSL* /*session*/, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* offered, unsigned int offered_size, void* /*data*/) {
  unsigned char* chosen = nullptr;
  const int found = SSL_select_next_proto(
      &chosen, out_size, reinterpret_cast<const unsigned char*>(kProtocol.data()),
      static_cast<unsigned int>(kProtocol.size()), offered, offered_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void set_rules(SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, kCiphers);
  // The end of the bytes needs no authentication: HTTP's framing says whether a request is whole.
  // Ours is the order of the ciphers; but a client that puts ChaCha20 first has no AES
  // instructions.
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                   SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_session_id_context(context, kSessionContext, sizeof kSessionContext - 1);
  SSL_CTX_set_timeout(context, kTicketSeconds);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

base::SystemTime expiry_of(const SSL_CTX* context) {
  std::tm time{};
  ASN1_TIME_to_tm(X509_get0_notAfter(SSL_CTX_get0_certificate(context)), &time);
  return std::chrono::time_point_cast<base::SystemTime::duration>(
      std::chrono::system_clock::from_time_t(::timegm(&time)));
}

}  // namespace

base::Result<std::shared_ptr<const TlsContext>> TlsContext::open(const TlsFiles& files) {
  SSL_CTX* native = SSL_CTX_new(TLS_server_method());
  if (native == nullptr) return corrupt("TLS", reason());
  const std::shared_ptr<TlsContext> context(new TlsContext(native));
  set_rules(native);
  if (const base::Status used = use_chain(native, files.certificate); !used)
    return base::fail(used.error());
  if (const base::Status used = use_key(native, files); !used) return base::fail(used.error());
  context->expires_ = expiry_of(native);
  return context;
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

}  // namespace dss::http
