#include "store/postgres_reach.h"

#include <algorithm>
#include <charconv>

#include "base/percent.h"

namespace dss::store {
namespace {

constexpr std::uint16_t kDefaultPort = 5432;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t end = text.find(separator);
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

/// Nothing for what is no port: libpq will say so.
std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

class Reader {
 public:
  explicit Reader(const Variable& variable) : variable_(variable) {
    default_port_ = port_of(variable_("PGPORT").value_or("")).value_or(kDefaultPort);
    service_ = variable_("PGSERVICE").has_value();
  }

  PostgresReach read(std::string_view url) {
    std::string_view rest = url.substr(std::min(url.size(), url.find("://") + 3));
    const std::size_t query = rest.find('?');
    if (query != std::string_view::npos) {
      for (const auto pair : split(rest.substr(query + 1), '&')) read_parameter(pair);
    }
    read_hosts(rest.substr(0, rest.find_first_of("/?")));
    read_environment();
    PostgresReach out{.ports = {}, .files = std::move(files_)};
    if (!service_) out.ports = std::move(ports_);
    return out;
  }

 private:
  void add_port(std::uint16_t port) {
    if (std::find(ports_.begin(), ports_.end(), port) == ports_.end()) ports_.push_back(port);
  }

  void read_parameter(std::string_view pair) {
    const std::string_view name = pair.substr(0, pair.find('='));
    const std::string value =
        base::percent_decoded(pair.substr(std::min(pair.size(), name.size() + 1)));
    if (name == "service") service_ = true;
    if (value.starts_with('/')) files_.push_back(value);
    if (name != "port") return;
    ports_in_query_ = true;
    for (const auto port : split(value, ',')) add_port(port_of(port).value_or(default_port_));
  }

  void read_hosts(std::string_view authority) {
    const std::size_t user = authority.rfind('@');
    if (user != std::string_view::npos) authority.remove_prefix(user + 1);
    for (const auto host : split(authority, ',')) {
      const std::size_t colon = host.find(':', host.starts_with('[') ? host.find(']') : 0);
      const auto port =
          colon == std::string_view::npos ? std::nullopt : port_of(host.substr(colon + 1));
      if (port || !ports_in_query_) add_port(port.value_or(default_port_));
    }
  }

  void read_environment() {
    for (const char* name : {"PGPASSFILE", "PGSSLCERT", "PGSSLKEY", "PGSSLROOTCERT", "PGSSLCRL",
                             "PGSSLCRLDIR", "PGSERVICEFILE", "PGSYSCONFDIR", "KRB5CCNAME"}) {
      if (const auto value = variable_(name)) files_.push_back(*value);
    }
    if (const auto home = variable_("HOME")) {
      for (const char* file : {"/.pgpass", "/.postgresql", "/.pg_service.conf"}) {
        files_.push_back(*home + file);
      }
    }
  }

  const Variable& variable_;
  std::uint16_t default_port_;
  bool service_ = false;
  bool ports_in_query_ = false;
  std::vector<std::uint16_t> ports_;
  std::vector<std::string> files_;
};

}  // namespace

PostgresReach postgres_reach(std::string_view url, const Variable& variable) {
  return Reader(variable).read(url);
}

}  // namespace dss::store
