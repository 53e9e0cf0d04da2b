#include "api/tei/classification.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/utf8.h"

namespace dss::api::tei {
namespace {

using Member = std::optional<json::Value>;
using Status = std::optional<Error>;

constexpr std::string_view kForms =
    "`inputs` must be a string or a batch of strings [[\"a\"], [\"b\"]]";

Error invalid(std::string message) { return {.status = 422, .message = std::move(message)}; }
Error empty() { return {.status = 400, .message = "`inputs` cannot be empty", .type = "empty"}; }
Error pair() {
  return invalid(
      "`inputs` [\"a\", \"b\"] is one pair of texts, which this model does not take; a batch of "
      "two "
      "texts is [[\"a\"], [\"b\"]]");
}

bool absent(const Member& member) { return !member || member->is_null(); }

// Of one sequence: `["a"]`.
Status add_sequence(const json::Value& sequence, std::vector<std::string>* texts) {
  std::size_t count = 0;
  for (const json::Value item : sequence.items()) {
    const auto text = item.string();
    if (!text) return invalid(std::string(kForms));
    if (++count == 1) texts->emplace_back(*text);
  }
  if (count == 2) return pair();
  if (count != 1) return invalid(std::string(kForms));
  return std::nullopt;
}

Status add_sequences(const json::Value& inputs, Classification* wanted) {
  for (const json::Value item : inputs.items()) {
    wanted->nested = true;
    if (!item.is_array()) return invalid(std::string(kForms));
    if (auto error = add_sequence(item, &wanted->texts)) return error;
  }
  return std::nullopt;
}

bool holds_a_string_first(const json::Value& inputs) {
  for (const json::Value item : inputs.items()) return item.string().has_value();
  return false;
}

Status read_sequences(const Member& inputs, Classification* wanted) {
  if (absent(inputs)) return invalid("`inputs` is missing");
  if (const auto text = inputs->string()) {
    wanted->texts.emplace_back(*text);
    return std::nullopt;
  }
  if (!inputs->is_array()) return invalid(std::string(kForms));
  return holds_a_string_first(*inputs) ? add_sequence(*inputs, &wanted->texts)
                                       : add_sequences(*inputs, wanted);
}

Status read_list(const Member& inputs, Classification* wanted) {
  if (absent(inputs)) return invalid("`inputs` is missing");
  if (const auto text = inputs->string()) {
    wanted->texts.emplace_back(*text);
    return std::nullopt;
  }
  constexpr std::string_view kListForms = "`inputs` must be a string or a list of strings";
  if (!inputs->is_array()) return invalid(std::string(kListForms));
  for (const json::Value item : inputs->items()) {
    const auto text = item.string();
    if (!text) return invalid(std::string(kListForms));
    wanted->texts.emplace_back(*text);
  }
  return std::nullopt;
}

struct Truncation {
  bool wanted = false;
  bool left = false;  // drops the beginning
};

Status read_flag(const json::Value& body, std::string_view name, bool* flag) {
  const Member member = body.find(name);
  if (absent(member)) return std::nullopt;
  const auto value = member->boolean();
  if (!value) return invalid("`" + std::string(name) + "` must be a boolean");
  *flag = *value;
  return std::nullopt;
}

Status read_truncation(const json::Value& body, Truncation* truncation) {
  if (auto error = read_flag(body, "truncate", &truncation->wanted)) return error;
  const Member direction = body.find("truncation_direction");
  if (absent(direction)) return std::nullopt;
  const auto name = direction->string();
  truncation->left = name == "Left" || name == "left";
  if (truncation->left || name == "Right" || name == "right") return std::nullopt;
  return invalid("`truncation_direction` must be `Left` or `Right`");
}

void drop_code_points(std::size_t count, bool left, std::string* text) {
  std::size_t steps = left ? count : base::count_code_points(*text) - count;
  std::size_t at = 0;
  for (; steps > 0; --steps) static_cast<void>(base::next_code_point(*text, &at));
  left ? text->erase(0, at) : text->erase(at);
}

Status check_lengths(const Truncation& truncation, std::vector<std::string>* texts) {
  if (texts->empty()) return empty();
  if (texts->size() > kMostTexts) {
    return invalid("batch size " + std::to_string(texts->size()) +
                   " > maximum allowed batch size " + std::to_string(kMostTexts));
  }
  for (std::string& text : *texts) {
    if (text.empty()) return empty();
    const std::size_t characters = base::count_code_points(text);
    if (characters <= kMostCharacters) continue;
    if (!truncation.wanted) {
      return invalid("`inputs` must have at most " + std::to_string(kMostCharacters) +
                     " characters. Given: " + std::to_string(characters));
    }
    drop_code_points(characters - kMostCharacters, truncation.left, &text);
  }
  return std::nullopt;
}

Status read_function(const Member& member, Function* function) {
  if (absent(member)) return std::nullopt;
  const auto name = member->string();
  if (name == "softmax") *function = Function::kSoftmax;
  if (name == "none") *function = Function::kNone;
  if (name == "sigmoid" || *function != Function::kSigmoid) return std::nullopt;
  return invalid("`function_to_apply` must be `sigmoid`, `softmax` or `none`");
}

Status read_parameters(const Member& parameters, Classification* wanted) {
  if (absent(parameters)) return std::nullopt;
  if (!parameters->is_object()) return invalid("`parameters` must be an object");
  if (auto error = read_function(parameters->find("function_to_apply"), &wanted->function)) {
    return error;
  }
  const Member top_k = parameters->find("top_k");
  if (absent(top_k)) return std::nullopt;
  const auto count = top_k->number();  // JSON Schema counts 1.0 among the integers
  if (!count || *count < 1 || *count > kMostTopK || *count != std::floor(*count)) {
    return invalid("`top_k` must be a whole number from 1 to " + std::to_string(kMostTopK));
  }
  wanted->top_k = static_cast<std::size_t>(*count);
  return std::nullopt;
}

// In place of each label's probability what the function makes of it.
void apply(Function function, std::vector<JudgedLabel>* labels) {
  if (function == Function::kSigmoid) return;
  for (JudgedLabel& label : *labels) label.probability = logit_of(label.probability);
  if (function == Function::kNone || labels->empty()) return;
  float most = labels->front().probability;
  for (const JudgedLabel& label : *labels) most = std::max(most, label.probability);
  double sum = 0;
  for (JudgedLabel& label : *labels) {
    label.probability = std::exp(label.probability - most);
    sum += static_cast<double>(label.probability);
  }
  for (JudgedLabel& label : *labels) label.probability /= static_cast<float>(sum);
}

}  // namespace

Request read_predict(const json::Value& body) {
  Classification wanted;
  Truncation truncation;
  bool raw_scores = false;
  if (auto error = read_sequences(body.find("inputs"), &wanted)) return tl::unexpected(*error);
  if (auto error = read_truncation(body, &truncation)) return tl::unexpected(*error);
  if (auto error = read_flag(body, "raw_scores", &raw_scores)) return tl::unexpected(*error);
  if (auto error = check_lengths(truncation, &wanted.texts)) return tl::unexpected(*error);
  if (raw_scores) wanted.function = Function::kNone;
  return wanted;
}

Request read_text_classification(const json::Value& body) {
  Classification wanted;
  wanted.nested = true;
  if (auto error = read_list(body.find("inputs"), &wanted)) return tl::unexpected(*error);
  if (auto error = read_parameters(body.find("parameters"), &wanted)) return tl::unexpected(*error);
  if (auto error = check_lengths({}, &wanted.texts)) return tl::unexpected(*error);
  return wanted;
}

void write_predictions(const std::vector<JudgedLabel>& labels, const Classification& wanted,
                       json::Writer* writer) {
  std::vector<JudgedLabel> sorted = labels;
  apply(wanted.function, &sorted);
  std::stable_sort(sorted.begin(), sorted.end(), [](const JudgedLabel& a, const JudgedLabel& b) {
    return a.probability > b.probability;
  });
  writer->begin_array();
  for (std::size_t i = 0; i < std::min(sorted.size(), wanted.top_k); ++i) {
    writer->begin_object();
    writer->key("score").number(sorted[i].probability);
    writer->key("label").string(sorted[i].name);
    writer->end_object();
  }
  writer->end_array();
}

}  // namespace dss::api::tei
