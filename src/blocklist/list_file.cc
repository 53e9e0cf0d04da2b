#include "blocklist/list_file.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <unordered_set>

#include "json/reader.h"
#include "json/writer.h"

namespace dss::blocklist {
namespace {

tl::unexpected<base::Error> refuse(std::string cause) {
  return base::fail(base::ErrorKind::kCorrupt, std::move(cause));
}

base::Status check_members(const json::Value& object,
                           std::initializer_list<std::string_view> names) {
  for (const auto [name, member] : object.members()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return refuse("unknown member '" + std::string(name) + "'");
    }
  }
  return {};
}

// A member that is a string; "" where it may be absent and is.
base::Result<std::string> text_of(const json::Value& object, std::string_view name,
                                  bool may_be_absent) {
  const auto member = object.find(name);
  if (!member && may_be_absent) return std::string();
  const auto text = member ? member->string() : std::nullopt;
  if (!text) return refuse("'" + std::string(name) + "' must be a string");
  return std::string(*text);
}

base::Result<Kind> kind_in(const json::Value& object, const std::string& text) {
  const auto name = text_of(object, "match", true);
  if (!name) return base::fail(name.error());
  return name->empty() ? usual_kind(text) : kind_of(*name);
}

base::Result<Item> read_item(const json::Value& object) {
  if (!object.is_object()) return refuse("an item must be an object");
  if (auto known = check_members(object, {"id", "text", "match", "description"}); !known) {
    return base::fail(known.error());
  }
  const auto id = text_of(object, "id", false);
  const auto text = text_of(object, "text", false);
  const auto description = text_of(object, "description", true);
  for (const auto* member : {&id, &text, &description}) {
    if (!*member) return base::fail(member->error());
  }
  if (!is_name(*id)) return refuse("'id' must be 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -");
  const auto kind = kind_in(object, *text);
  if (!kind) return base::fail(kind.error());
  Item item{.id = *id, .text = *text, .kind = *kind, .description = *description};
  if (const auto fine = check(item); !fine) return base::fail(fine.error());
  return item;
}

base::Status read_items(const json::Value& items, List* list) {
  std::unordered_set<std::string> ids;
  for (const json::Value value : items.items()) {
    auto item = read_item(value);
    const std::string place = "item " + std::to_string(list->items.size() + 1) + ": ";
    if (!item) return refuse(place + item.error().message);
    if (!ids.insert(item->id).second) return refuse(place + "its id stands there twice");
    list->items.push_back(std::move(*item));
    if (list->items.size() > kMostItems) {
      return refuse("more than " + std::to_string(kMostItems) + " items");
    }
  }
  return {};
}

}  // namespace

base::Result<List> read_list(std::string_view json) {
  json::Reader reader;
  const auto root = reader.parse(json);
  if (!root) return refuse("not JSON: " + json::describe(root.error(), json));
  if (!root->is_object()) return refuse("must be an object");
  if (auto known = check_members(*root, {"name", "description", "items"}); !known) {
    return base::fail(known.error());
  }
  auto name = text_of(*root, "name", false);
  auto description = text_of(*root, "description", true);
  if (!name) return base::fail(name.error());
  if (!description) return base::fail(description.error());
  if (!is_name(*name))
    return refuse("'name' must be 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -");
  List list{.name = std::move(*name), .description = std::move(*description), .items = {}};
  const auto items = root->find("items");
  if (!items || !items->is_array()) return refuse("'items' must be an array");
  if (auto read = read_items(*items, &list); !read) return base::fail(read.error());
  return list;
}

std::string write_list(const List& list) {
  std::string out;
  json::Writer writer(&out);
  writer.begin_object();
  writer.key("name").string(list.name);
  writer.key("description").string(list.description);
  writer.key("items").begin_array();
  for (const Item& item : list.items) {
    writer.begin_object();
    writer.key("id").string(item.id);
    writer.key("text").string(item.text);
    writer.key("match").string(kind_name(item.kind));
    writer.key("description").string(item.description);
    writer.end_object();
  }
  writer.end_array().end_object();
  return out + "\n";
}

}  // namespace dss::blocklist
