#include "app/keys/keys_command.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "app/exit_status.h"
#include "app/keys/expiry.h"
#include "app/output.h"
#include "app/settings_flags.h"
#include "app/settings_table.h"
#include "auth/key_store.h"
#include "auth/utc_time.h"
#include "base/clock.h"

namespace dss::app {
namespace {

using auth::Key;
using auth::KeyStore;
using base::ErrorKind;

tl::unexpected<base::Error> misuse(std::string message) {
  return base::fail(ErrorKind::kInvalidArgument, std::move(message));
}

std::string state_of(const Key& key, base::SystemTime now) {
  if (key.revoked && *key.revoked <= now) return "revoked";
  if (key.expires && *key.expires <= now) return "expired";
  return key.revoked || key.expires ? "ends" : "valid";
}

std::string ends(const Key& key) {
  const auto end = key.revoked && key.expires ? std::min(*key.revoked, *key.expires)
                   : key.revoked              ? key.revoked
                                              : key.expires;
  return end ? auth::utc_text(*end) : "-";
}

std::string row(const Key& key, base::SystemTime now) {
  return key.id + "\t" + state_of(key, now) + "\t" + auth::to_string(key.roles) + "\t" +
         (key.tenant.empty() ? "-" : key.tenant) + "\t" + auth::utc_text(key.created) + "\t" +
         ends(key) + "\t" + key.name + "\n";
}

class KeysCommand final : public Command {
 public:
  std::string_view name() const override { return "keys"; }
  std::string_view summary() const override { return "Make, list, replace or revoke API keys."; }
  std::string_view examples() const override {
    return "Actions: create prints a new key, once, as the only line on stdout; list shows all "
           "keys; rotate ID makes a new\n"
           "key with the name, roles and tenant of an old one, which works for --grace more; "
           "revoke ID ends a key. Servers\n"
           "notice within auth-refresh-seconds, or at once on SIGHUP. Only hashes are kept: a lost "
           "key cannot be shown again.\n\n"
           "Examples:\n"
           "  dss keys create --store sqlite:keys.db --role score --name 'forum'\n"
           "  dss keys create --store file:keys.txt --role metrics --name prometheus --expires "
           "365d\n"
           "  dss keys list --store sqlite:keys.db\n"
           "  dss keys rotate dss_1a2b3c4d --store sqlite:keys.db --grace 24h\n"
           "  dss keys revoke dss_1a2b3c4d --store sqlite:keys.db\n"
           "  dss serve --auth keys --auth-store sqlite:keys.db\n";
  }
  void declare(CLI::App* app) override;
  base::Result<int> run() override;

 private:
  base::Result<auth::KeyLocation> location();
  base::Result<int> dispatch(KeyStore* store);
  base::Result<int> create(KeyStore* store);
  base::Result<int> list(KeyStore* store) const;
  base::Result<int> revoke(KeyStore* store) const;
  base::Result<int> rotate(KeyStore* store) const;
  static base::Result<int> keep_and_print(KeyStore* store, const auth::NewKey& made);
  [[nodiscard]] std::string action() const { return words_.empty() ? "" : words_.front(); }

  SettingsFlags flags_{settings_table(), {"auth-store"}};
  const base::SystemTime now_ =
      std::chrono::floor<std::chrono::seconds>(base::system_clock().system());
  std::vector<std::string> words_;
  std::string store_;
  std::string roles_;
  std::string name_;
  std::string tenant_;
  std::string expires_;
  std::string grace_ = "24h";
};

void KeysCommand::declare(CLI::App* app) {
  const auto add = [app](const char* flag, std::string* value, const char* text, const char* help) {
    app->add_option(flag, *value, help)->option_text(text)->group("Flags");
  };
  app->add_option("action", words_, "What to do, and with which key.")
      ->option_text("create|list|rotate ID|revoke ID")
      ->expected(0, 2);
  add("--store", &store_, "URL", "The same as --auth-store.");
  add("--role", &roles_, "ROLES",
      "What the key allows: score, feedback, metrics or admin, joined by commas.");
  add("--name", &name_, "NAME", "What the key is for; for people.");
  add("--tenant", &tenant_, "NAME", "Whose data the key reaches, where there is data.");
  add("--expires", &expires_, "WHEN", "A duration (90d, 12h) or a time. [default: never]");
  add("--grace", &grace_, "DURATION", "How long rotate lets the old key work. [default: 24h]");
  flags_.declare(app);
}

base::Result<auth::KeyLocation> KeysCommand::location() {
  if (!store_.empty()) return auth::parse_key_location(store_);
  const auto settings = flags_.resolve();
  if (!settings) return base::fail(settings.error());
  if (settings->has("auth-store")) return auth::parse_key_location(settings->text("auth-store"));
  return misuse("where are the keys? Say --store sqlite:FILE, file:FILE or postgresql://…");
}

base::Result<int> KeysCommand::keep_and_print(KeyStore* store, const auth::NewKey& made) {
  if (const base::Status added = store->add(made.key); !added) return base::fail(added.error());
  std::fputs(("made " + made.key.id + "; the key follows and is not shown again\n").c_str(),
             stderr);
  if (const base::Status written = write_output(made.secret + "\n"); !written) {
    return base::fail(written.error());
  }
  return kSuccess;
}

base::Result<int> KeysCommand::create(KeyStore* store) {
  if (roles_.empty()) return misuse("--role is missing: score, feedback, metrics or admin");
  if (name_.empty()) return misuse("--name is missing: what is the key for?");
  const auto roles = auth::parse_roles(roles_);
  if (!roles) return base::fail(roles.error());
  auth::KeyOrder order{.name = name_, .roles = *roles, .tenant = tenant_, .created = now_};
  if (!expires_.empty()) {
    const auto expires = parse_expiry(expires_, now_);
    if (!expires) return base::fail(expires.error());
    order.expires = *expires;
  }
  const auto made = auth::make_key(std::move(order));
  if (!made) return base::fail(made.error());
  return keep_and_print(store, *made);
}

base::Result<int> KeysCommand::list(KeyStore* store) const {
  const auto keys = store->list();
  if (!keys) return base::fail(keys.error());
  std::string out = "ID\tSTATE\tROLES\tTENANT\tCREATED\tENDS\tNAME\n";
  for (const Key& key : *keys) out += row(key, now_);
  if (const base::Status written = write_output(out); !written) return base::fail(written.error());
  return kSuccess;
}

base::Result<int> KeysCommand::revoke(KeyStore* store) const {
  if (const base::Status done = store->revoke(words_[1], now_); !done) {
    return base::fail(done.error());
  }
  std::fputs((words_[1] + " is revoked\n").c_str(), stderr);
  return kSuccess;
}

base::Result<int> KeysCommand::rotate(KeyStore* store) const {
  const auto keys = store->list();
  if (!keys) return base::fail(keys.error());
  const auto old = std::find_if(keys->begin(), keys->end(),
                                [this](const Key& key) { return key.id == words_[1]; });
  if (old == keys->end()) return base::fail(ErrorKind::kNotFound, words_[1] + ": no such key");
  if (!old->usable(now_)) return misuse(words_[1] + " has ended already; make a new key");
  const auto end = parse_expiry(grace_, now_);
  if (!end) return base::fail(end.error());
  auto made = auth::make_key(
      {.name = old->name, .roles = old->roles, .tenant = old->tenant, .created = now_});
  if (!made) return base::fail(made.error());
  // The new key has as long a life as the old one had.
  if (old->expires) made->key.expires = now_ + (*old->expires - old->created);
  const auto kept = keep_and_print(store, *made);
  if (!kept) return kept;
  if (const base::Status done = store->revoke(old->id, *end); !done) {
    return base::fail(done.error());
  }
  return kSuccess;
}

base::Result<int> KeysCommand::dispatch(KeyStore* store) {
  if (action() == "create") return create(store);
  if (action() == "list") return list(store);
  return action() == "revoke" ? revoke(store) : rotate(store);
}

base::Result<int> KeysCommand::run() {
  if (flags_.print_asked()) {
    const auto settings = flags_.resolve();
    if (!settings) return base::fail(settings.error());
    const base::Status written = write_output(settings->print());
    if (!written) return base::fail(written.error());
    return kSuccess;
  }
  const bool takes_id = action() == "revoke" || action() == "rotate";
  if (!takes_id && action() != "create" && action() != "list") {
    return misuse("say what to do: create, list, rotate or revoke; see 'dss keys --help'");
  }
  if (words_.size() != (takes_id ? 2U : 1U)) {
    return misuse(takes_id ? action() + " needs the key's ID, as 'dss keys list' shows"
                           : action() + " takes no key");
  }
  const auto where = location();
  if (!where) return base::fail(where.error());
  const auto store = auth::open_key_store(*where, action() == "create");
  if (!store) return base::fail(store.error());
  return dispatch(store->get());
}

}  // namespace

std::unique_ptr<Command> make_keys_command() { return std::make_unique<KeysCommand>(); }

}  // namespace dss::app
