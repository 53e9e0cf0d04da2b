#include "app/serve/sandbox_needs.h"

#include <arpa/inet.h>

#include <charconv>

#include "sandbox/reach.h"

namespace dss::app {
namespace {

constexpr std::uint16_t kDnsPort = 53;

/// Processor, memory and limits for /metrics; the spare descriptor of the listeners; what OpenSSL
/// reads at its first use.
constexpr const char* kSystemFiles[] = {"/proc/self",
                                        "/proc/stat",
                                        "/proc/meminfo",
                                        "/proc/pressure",
                                        "/proc/sys/vm/overcommit_memory",
                                        "/sys/fs/cgroup",
                                        "/sys/devices/system/cpu",
                                        "/dev/null",
                                        "/dev/urandom",
                                        "/etc/localtime",
                                        "/usr/lib/ssl/openssl.cnf"};

/// The C library's resolver reads a dozen files, some of them renewed by a rename, and loads the
/// modules that nsswitch.conf names.
constexpr const char* kResolverFiles[] = {
    "/etc",   "/run/systemd/resolve", "/usr/lib",       "/lib",
    "/lib64", "/usr/local/lib",       "/run/resolvconf"};

bool is_address(const std::string& host) {
  unsigned char address[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), address) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), address) == 1;
}

class Collector {
 public:
  explicit Collector(const store::Variable& variable) : variable_(variable) {}

  void read_file(const std::string& path) { add(sandbox::reach_of_file(path), &needs_.read); }
  void read_folder(const std::string& path) { add(sandbox::reach_of_folder(path), &needs_.read); }
  void write_beside(const std::string& path) { add(sandbox::reach_of_file(path), &needs_.write); }
  void write_folder(const std::string& path) { add(sandbox::reach_of_folder(path), &needs_.write); }

  void listen(const std::vector<config::Address>& addresses) {
    for (const config::Address& address : addresses) needs_.listen.push_back(address.port);
  }

  void database(const store::Location& location) {
    if (location.kind == store::Location::Kind::kSqlite) return write_beside(location.value);
    const store::PostgresReach reach = store::postgres_reach(location.value, variable_);
    for (const std::string& file : reach.files) needs_.read.push_back(file);
    if (reach.ports) {
      for (const std::uint16_t port : *reach.ports) needs_.outgoing.ports.push_back(port);
    } else {
      needs_.outgoing.every_port = true;
    }
    needs_.outgoing.any = true;
    resolve_names();
  }

  void collector(const otlp::Endpoint& endpoint) {
    std::uint16_t port = 0;
    const char* end = endpoint.port.data() + endpoint.port.size();
    std::from_chars(endpoint.port.data(), end, port);
    needs_.outgoing.any = true;
    needs_.outgoing.ports.push_back(port);
    if (!is_address(endpoint.host)) resolve_names();
  }

  sandbox::Needs taken() {
    for (const char* path : kSystemFiles) read_plainly(path);
    if (const auto file = variable_("OPENSSL_CONF")) read_plainly(*file);
    return std::move(needs_);
  }

 private:
  static void add(std::vector<std::string> paths, std::vector<std::string>* to) {
    to->insert(to->end(), paths.begin(), paths.end());
  }

  void read_plainly(const std::string& path) { needs_.read.push_back(path); }

  void resolve_names() {
    if (needs_.outgoing.loads_names) return;
    needs_.outgoing.loads_names = true;
    needs_.outgoing.ports.push_back(kDnsPort);
    for (const char* path : kResolverFiles) read_plainly(path);
    std::string libraries = variable_("LD_LIBRARY_PATH").value_or("");
    for (std::size_t end = 0; !libraries.empty(); libraries.erase(0, end)) {
      end = std::min(libraries.find(':'), libraries.size());
      if (end > 0) read_plainly(libraries.substr(0, end));
      if (end < libraries.size()) ++end;
    }
  }

  const store::Variable& variable_;
  sandbox::Needs needs_;
};

void collect_files(const ServeSettings& settings, Collector* needs) {
  needs->read_folder(settings.engine.models_directory);
  for (const std::string& folder :
       {settings.engine.encoder_directory, settings.policies_directory}) {
    if (!folder.empty()) needs->read_folder(folder);
  }
  for (const std::string& file :
       {settings.metrics_token_file, settings.hash_key_file, settings.auth.jwks_file}) {
    if (!file.empty()) needs->read_file(file);
  }
  if (settings.tls) {
    needs->read_file(settings.tls->certificate);
    needs->read_file(settings.tls->key);
  }
  if (!settings.lists_directory.empty()) needs->write_folder(settings.lists_directory);
  for (const std::string& path : settings.sandbox.read) needs->read_folder(path);
}

void collect_feedback(const FeedbackSettings& feedback, Collector* needs) {
  needs->database(feedback.location);
  // Beside a SQLite database the key is made when it is missing.
  const bool makes_key = feedback.location.kind == store::Location::Kind::kSqlite;
  if (makes_key) {
    needs->write_beside(feedback.key_file);
  } else {
    needs->read_file(feedback.key_file);
  }
}

}  // namespace

sandbox::Needs sandbox_needs(const ServeSettings& settings, const store::Variable& variable) {
  Collector needs(variable);
  collect_files(settings, &needs);
  if (settings.auth.store) {
    if (settings.auth.store->is_file) {
      needs.read_file(settings.auth.store->path);
    } else {
      needs.database(settings.auth.store->database);
    }
  }
  if (settings.feedback) collect_feedback(*settings.feedback, &needs);
  if (settings.tracing) needs.collector(settings.tracing->endpoint);
  needs.listen(settings.listen);
  needs.listen(settings.admin_listen);
  return needs.taken();
}

}  // namespace dss::app
