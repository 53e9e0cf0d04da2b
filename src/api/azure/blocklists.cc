#include "api/azure/blocklists.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "api/azure/error.h"
#include "api/json_body.h"
#include "base/percent.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "http/query.h"
#include "json/writer.h"

namespace dss::api::azure {
namespace {

using blocklist::Item;
using blocklist::Kind;
using blocklist::List;
using blocklist::Store;

constexpr std::size_t kMostBody = std::size_t{256} << 10;

struct Parts {
  const Service* service;
  Store* lists;
  std::string scheme;
};

http::Response invalid(std::string message) {
  return error_response({.message = std::move(message)});
}
http::Response no_list(std::string_view name) {
  return error_response({.status = 404,
                         .code = "ResourceNotFound",
                         .message = "The blocklist '" + std::string(name) + "' does not exist."});
}
http::Response no_item() {
  return error_response({.status = 404,
                         .code = "ResourceNotFound",
                         .message = "The blocklist has no item of that id."});
}

// What is not UTF-8 is no name, but an answer may show it.
std::string name_in(const http::Request& request) {
  return base::replace_invalid_utf8(base::percent_decoded(request.parameters[0]));
}

const List* find_list(const blocklist::Matcher& matcher, std::string_view name) {
  for (const List& list : matcher.lists()) {
    if (list.name == name) return &list;
  }
  return nullptr;
}

void write_list(std::string_view name, std::string_view description, json::Writer* writer) {
  writer->begin_object();
  writer->key("blocklistName").string(name);
  writer->key("description").string(description);
  writer->end_object();
}

void write_item(const Item& item, json::Writer* writer) {
  writer->begin_object();
  writer->key("blocklistItemId").string(item.id);
  writer->key("description").string(item.description);
  writer->key("text").string(item.text);
  writer->key("isRegex").boolean(item.kind == Kind::kPattern);
  writer->end_object();
}

// Compiling all lists takes longer than an event loop may wait.
using Change = base::UniqueFunction<http::Response()>;
void make(const Parts& parts, Change change, http::Responder responder) {
  http::Task task = [change = std::move(change), responder = std::move(responder)]() mutable {
    responder.send(change());
  };
  if (!parts.service->run_aside) return task();
  // Too much waits already; changes are few and small enough to be made here once in a while.
  if (!parts.service->run_aside(&task)) task();
}

std::string new_id() {
  static thread_local base::Rng rng((std::uint64_t{std::random_device{}()} << 32) ^
                                    std::random_device{}());
  std::string id;
  for (const int digits : {8, 4, 4, 4, 12}) {
    if (!id.empty()) id += '-';
    for (int i = 0; i < digits; ++i) id += "0123456789abcdef"[rng.below(16)];
  }
  return id;
}

// The id of the item of that text, so that adding it again changes it.
std::string id_for(const List& list, const Item& item) {
  const auto same = std::find_if(list.items.begin(), list.items.end(), [&](const Item& one) {
    return one.text == item.text && one.kind == item.kind;
  });
  return same != list.items.end() ? same->id : new_id();
}

void put_list(const Parts& parts, const http::Request& request, http::Responder responder) {
  const std::string name = name_in(request);
  if (!blocklist::is_name(name)) {
    return responder.send(error_response(
        {.code = "InvalidResourceName",
         .message = "A blocklist's name must be 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -"}));
  }
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  const auto member = body->find("description");
  std::optional<std::string> description;
  if (member && !member->is_null()) {
    const auto text = member->string();
    if (!text) return responder.send(invalid("description must be a string."));
    description = std::string(*text);
  }
  const auto change = [lists = parts.lists, name, description] {
    const auto fresh = lists->put_list(name, description ? &*description : nullptr);
    if (!fresh) return refusal(fresh.error());
    const auto matcher = lists->matcher();
    const List* list = find_list(*matcher, name);
    http::Response response;
    response.status = *fresh ? 201 : 200;
    json::Writer writer(&response.body);
    write_list(name, list != nullptr ? std::string_view(list->description) : "", &writer);
    return response;
  };
  make(parts, change, std::move(responder));
}

void remove_list(const Parts& parts, const http::Request& request, http::Responder responder) {
  const auto change = [lists = parts.lists, name = name_in(request)] {
    const auto removed = lists->remove_list(name);
    if (!removed) return refusal(removed.error());
    http::Response response;
    response.status = 204;
    return response;
  };
  make(parts, change, std::move(responder));
}

tl::expected<Item, std::string> read_item(const json::Value& value) {
  const auto text = value.find("text");
  if (!text || !text->string()) return tl::unexpected(std::string("each item needs a text."));
  Item item{.id = {}, .text = std::string(*text->string())};
  const auto description = value.find("description");
  if (description && description->string()) item.description = *description->string();
  const auto regex = value.find("isRegex");
  const bool pattern = regex && regex->boolean().value_or(false);
  item.kind = pattern ? Kind::kPattern : blocklist::usual_kind(item.text);
  return item;
}

tl::expected<std::vector<Item>, std::string> read_items(const json::Value& body) {
  const auto member = body.find("blocklistItems");
  std::vector<Item> items;
  if (!member || !member->is_array())
    return tl::unexpected(std::string("blocklistItems must be an array."));
  for (const json::Value value : member->items()) {
    auto item = read_item(value);
    if (!item) return tl::unexpected(item.error());
    items.push_back(std::move(*item));
  }
  if (items.empty() || items.size() > kMostItemsAtOnce) {
    return tl::unexpected("blocklistItems must have 1 to " + std::to_string(kMostItemsAtOnce) +
                          " items.");
  }
  return items;
}

http::Response change_items(Store* lists, const std::string& name, std::vector<Item> items) {
  const auto matcher = lists->matcher();
  const List* list = find_list(*matcher, name);
  if (list == nullptr) return no_list(name);
  for (Item& item : items) item.id = id_for(*list, item);
  if (const auto done = lists->put_items(name, items); !done) return refusal(done.error());
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object().key("blocklistItems").begin_array();
  for (const Item& item : items) write_item(item, &writer);
  writer.end_array().end_object();
  return response;
}

void put_items(const Parts& parts, const http::Request& request, http::Responder responder) {
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  auto items = read_items(*body);
  if (!items) return responder.send(invalid(items.error()));
  const auto change = [lists = parts.lists, name = name_in(request), added = std::move(*items)] {
    return change_items(lists, name, added);
  };
  make(parts, change, std::move(responder));
}

void remove_items(const Parts& parts, const http::Request& request, http::Responder responder) {
  const auto body = json_object(request, &json::thread_reader());
  if (!body) return responder.send(render(body.error()));
  const auto member = body->find("blocklistItemIds");
  std::vector<std::string> ids;
  bool strings = member && member->is_array();
  for (const json::Value id : strings ? member->items() : json::Items()) {
    const auto text = id.string();
    strings = strings && text;
    if (text) ids.emplace_back(*text);
  }
  if (!strings || ids.empty())
    return responder.send(invalid("blocklistItemIds must be an array of strings."));
  const auto change = [lists = parts.lists, name = name_in(request), ids = std::move(ids)] {
    const auto removed = lists->remove_items(name, ids);
    if (!removed) return refusal(removed.error());
    http::Response response;
    response.status = 204;
    return response;
  };
  make(parts, change, std::move(responder));
}

// A number of the query; nothing where it is absent or no whole number.
std::optional<std::size_t> number_in(std::string_view query, std::string_view name) {
  const auto text = http::query_parameter(query, name);
  std::size_t value = 0;
  if (!text) return std::nullopt;
  const char* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, value);
  return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

// The parameter of a page that is there and no number: answered as if it were absent, a client
// would read the first page again and again.
std::optional<std::string_view> misread_in(std::string_view query) {
  for (const std::string_view name : {"skip", "maxpagesize", "top"}) {
    if (http::query_parameter(query, name) && !number_in(query, name)) return name;
  }
  return std::nullopt;
}

std::string next_link(const Parts& parts, const http::Request& request, std::size_t skip,
                      std::size_t page, std::optional<std::size_t> left) {
  const std::string_view forwarded = request.header("x-forwarded-proto");
  std::string link =
      forwarded == "https" || forwarded == "http" ? std::string(forwarded) : parts.scheme;
  link += "://" + std::string(request.header("host")) + std::string(request.path) +
          "?api-version=" + *http::query_parameter(request.query, "api-version") +
          "&skip=" + std::to_string(skip) + "&maxpagesize=" + std::to_string(page);
  if (left) link += "&top=" + std::to_string(*left);
  return link;
}

// Writes the page of `values` that the query asks for.
template <typename Values, typename Write>
http::Response page_of(const Parts& parts, const http::Request& request, const Values& values,
                       Write write) {
  if (const auto name = misread_in(request.query)) {
    return invalid(std::string(*name) + " must be a whole number.");
  }
  const std::size_t skip = std::min(number_in(request.query, "skip").value_or(0), values.size());
  const std::size_t page = std::clamp<std::size_t>(
      number_in(request.query, "maxpagesize").value_or(kMostItemsAtOnce), 1, kMostItemsAtOnce);
  const auto top = number_in(request.query, "top");
  const std::size_t wanted = std::min(top.value_or(values.size()), values.size() - skip);
  const std::size_t count = std::min(page, wanted);
  http::Response response;
  json::Writer writer(&response.body);
  writer.begin_object().key("value").begin_array();
  for (std::size_t i = skip; i < skip + count; ++i) write(values[i], &writer);
  writer.end_array();
  if (count < wanted) {
    const auto left = top ? std::optional(wanted - count) : std::nullopt;
    writer.key("nextLink").string(next_link(parts, request, skip + count, page, left));
  }
  writer.end_object();
  return response;
}

http::Response list_lists(const Parts& parts, const http::Request& request) {
  const auto matcher = parts.lists->matcher();
  return page_of(parts, request, matcher->lists(), [](const List& list, json::Writer* writer) {
    write_list(list.name, list.description, writer);
  });
}

http::Response get_list(const Parts& parts, const http::Request& request) {
  const auto matcher = parts.lists->matcher();
  const List* list = find_list(*matcher, name_in(request));
  if (list == nullptr) return no_list(name_in(request));
  http::Response response;
  json::Writer writer(&response.body);
  write_list(list->name, list->description, &writer);
  return response;
}

http::Response list_items(const Parts& parts, const http::Request& request) {
  const auto matcher = parts.lists->matcher();
  const List* list = find_list(*matcher, name_in(request));
  if (list == nullptr) return no_list(name_in(request));
  return page_of(parts, request, list->items, write_item);
}

http::Response get_item(const Parts& parts, const http::Request& request) {
  const auto matcher = parts.lists->matcher();
  const List* list = find_list(*matcher, name_in(request));
  if (list == nullptr) return no_list(name_in(request));
  const std::string id = base::percent_decoded(request.parameters[1]);
  for (const Item& item : list->items) {
    if (item.id != id) continue;
    http::Response response;
    json::Writer writer(&response.body);
    write_item(item, &writer);
    return response;
  }
  return no_item();
}

// The operator's guard, which also takes its token as a subscription key.
http::Guard key_guard(const http::Guard& guard) {
  if (!guard) return {};
  return [guard](http::Request& request) {
    const std::string_view key = request.header("ocp-apim-subscription-key");
    if (key.empty()) return guard(request);
    const std::string bearer = "Bearer " + std::string(key);
    const http::HeaderView header{"Authorization", bearer};
    http::Request with_token = request;
    with_token.headers = {&header, 1};
    return guard(with_token);
  };
}

using Answer = http::Response (*)(const Parts&, const http::Request&);
using Act = void (*)(const Parts&, const http::Request&, http::Responder);

}  // namespace

std::optional<http::Response> missing_version(const http::Request& request) {
  const auto version = http::query_parameter(request.query, "api-version");
  const bool plain =
      version && !version->empty() && version->size() <= 32 &&
      version->find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz-") == version->npos;
  if (plain) return std::nullopt;
  return error_response(
      {.code = "MissingApiVersionParameter",
       .message = "The query parameter api-version is required, e.g. api-version=2023-10-01."});
}

void add_blocklist_routes(const Service& service, blocklist::Store* lists, std::string_view scheme,
                          http::RouteTable* table) {
  const Parts parts{&service, lists, std::string(scheme)};
  const auto add = [&](http::Method method, std::string_view path, Act act) {
    http::Route route;
    route.method = method;
    route.path = "/contentsafety/text/blocklists" + std::string(path);
    route.max_body = method == http::Method::kGet ? 0 : kMostBody;
    route.guard = key_guard(service.operator_guard);
    route.on_public = service.operator_routes_on_public;
    route.on_admin = true;
    route.handler = [parts, act](const http::Request& request, http::Responder responder) {
      if (auto refused = missing_version(request)) return responder.send(std::move(*refused));
      act(parts, request, std::move(responder));
    };
    table->routes.push_back(std::move(route));
  };
  constexpr auto kReads = []<Answer answer>() -> Act {
    return [](const Parts& known, const http::Request& request, http::Responder responder) {
      responder.send(answer(known, request));
    };
  };
  using http::Method;
  add(Method::kGet, "", kReads.operator()<list_lists>());
  add(Method::kGet, "/{name}", kReads.operator()<get_list>());
  add(Method::kGet, "/{name}/blocklistItems", kReads.operator()<list_items>());
  add(Method::kGet, "/{name}/blocklistItems/{id}", kReads.operator()<get_item>());
  add(Method::kPatch, "/{name}", put_list);
  add(Method::kDelete, "/{name}", remove_list);
  add(Method::kPost, "/{name}:addOrUpdateBlocklistItems", put_items);
  add(Method::kPost, "/{name}:removeBlocklistItems", remove_items);
}

}  // namespace dss::api::azure
