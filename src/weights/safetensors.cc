#include "weights/safetensors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "json/reader.h"

namespace dss::weights {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kLongestHeader = 16U << 20;

struct DTypeRow {
  std::string_view name;
  DType dtype;
  std::size_t size;
};
constexpr std::array kDTypes = {DTypeRow{"I8", DType::kI8, 1},   DTypeRow{"U8", DType::kU8, 1},
                                DTypeRow{"F16", DType::kF16, 2}, DTypeRow{"BF16", DType::kBF16, 2},
                                DTypeRow{"I16", DType::kI16, 2}, DTypeRow{"I32", DType::kI32, 4},
                                DTypeRow{"F32", DType::kF32, 4}, DTypeRow{"I64", DType::kI64, 8},
                                DTypeRow{"F64", DType::kF64, 8}};

const DTypeRow& row_of(DType dtype) {
  return *std::find_if(kDTypes.begin(), kDTypes.end(),
                       [dtype](const DTypeRow& row) { return row.dtype == dtype; });
}

std::optional<DType> dtype_named(std::string_view name) {
  const auto* row = std::find_if(kDTypes.begin(), kDTypes.end(),
                                 [name](const DTypeRow& each) { return each.name == name; });
  if (row == kDTypes.end()) return std::nullopt;
  return row->dtype;
}

std::optional<std::vector<std::size_t>> sizes_of(const std::optional<json::Value>& list) {
  if (!list || !list->is_array()) return std::nullopt;
  std::vector<std::size_t> sizes;
  for (const json::Value item : list->items()) {
    const auto size = item.unsigned_integer();
    if (!size) return std::nullopt;
    sizes.push_back(*size);
  }
  return sizes;
}

// Bytes of a tensor; nothing if the number does not fit.
std::optional<std::size_t> bytes_of(DType dtype, std::span<const std::size_t> shape) {
  std::size_t bytes = size_of(dtype);
  for (const std::size_t size : shape) {
    if (__builtin_mul_overflow(bytes, size, &bytes)) return std::nullopt;
  }
  return bytes;
}

std::string shape_text(std::span<const std::size_t> shape) {
  std::string text = "[";
  for (const std::size_t size : shape) {
    text += (text.size() > 1 ? ", " : "") + std::to_string(size);
  }
  return text + "]";
}

// One entry of the header against the bytes behind it; an empty string is a cause for none.
std::string read_tensor(const json::Value& entry, std::span<const std::byte> data, Tensor* tensor) {
  const auto type = entry.find("dtype");
  const auto dtype = type && type->string() ? dtype_named(*type->string()) : std::nullopt;
  if (!dtype) return "has an unknown dtype";
  const auto shape = sizes_of(entry.find("shape"));
  if (!shape) return "has no shape";
  const auto offsets = sizes_of(entry.find("data_offsets"));
  if (!offsets || offsets->size() != 2) return "has no data_offsets";
  const std::size_t begin = (*offsets)[0];
  const std::size_t end = (*offsets)[1];
  if (begin > end || end > data.size()) return "reaches beyond the end of the file";
  if (bytes_of(*dtype, *shape) != end - begin) return "has offsets that differ from its shape";
  *tensor = {*dtype, *shape, data.subspan(begin, end - begin)};
  return {};
}

}  // namespace

std::size_t size_of(DType dtype) { return row_of(dtype).size; }
std::string_view name_of(DType dtype) { return row_of(dtype).name; }

base::Result<Safetensors> Safetensors::open(const std::string& path) {
  auto file = FileBytes::open(path);
  if (!file) return base::fail(file.error());
  Safetensors opened(std::move(*file));
  const base::Status read = opened.read_header();
  if (!read) return base::fail(read.error());
  return opened;
}

base::Status Safetensors::read_header() {
  const auto bytes = file_.bytes();
  if (bytes.size() < kLengthBytes) return corrupt("cut short before the header");
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), kLengthBytes);
  if (length > kLongestHeader) return corrupt("is no safetensors file (header too long)");
  if (length > bytes.size() - kLengthBytes) return corrupt("cut short inside the header");
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + kLengthBytes, length);
  const auto data = bytes.subspan(kLengthBytes + length);
  json::Reader reader;
  const auto header = reader.parse(text);
  if (!header || !header->is_object()) return corrupt("has a header that is no JSON object");
  for (const auto [name, entry] : header->members()) {
    if (name == "__metadata__") {
      for (const auto [key, value] : entry.members()) {
        metadata_.emplace(key, value.string().value_or(""));
      }
      continue;
    }
    Tensor tensor;
    const std::string cause = read_tensor(entry, data, &tensor);
    if (!cause.empty()) return corrupt("tensor " + std::string(name) + " " + cause);
    tensors_.emplace(name, std::move(tensor));
  }
  return check_layout(kLengthBytes + length);
}

base::Status Safetensors::check_layout(std::size_t data_begin) const {
  std::vector<const Tensor*> in_order;
  for (const auto& [name, tensor] : tensors_) {
    const auto at = static_cast<std::size_t>(tensor.bytes.data() - file_.bytes().data());
    if (!tensor.bytes.empty() && at % size_of(tensor.dtype) != 0) {
      return corrupt("tensor " + name + " is misaligned");
    }
    in_order.push_back(&tensor);
  }
  std::sort(in_order.begin(), in_order.end(), [](const Tensor* left, const Tensor* right) {
    return left->bytes.data() != right->bytes.data() ? left->bytes.data() < right->bytes.data()
                                                     : left->bytes.size() < right->bytes.size();
  });
  const std::byte* next = file_.bytes().data() + data_begin;
  for (const Tensor* tensor : in_order) {
    if (tensor->bytes.data() != next) return corrupt("has tensors that overlap or leave a gap");
    next += tensor->bytes.size();
  }
  if (next != file_.bytes().data() + file_.bytes().size()) {
    return corrupt("has bytes behind the last tensor");
  }
  return {};
}

base::Result<const Tensor*> Safetensors::find(std::string_view name, DType dtype,
                                              std::span<const std::size_t> shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) return corrupt("has no tensor " + std::string(name));
  const Tensor& tensor = found->second;
  if (tensor.dtype != dtype ||
      !std::equal(shape.begin(), shape.end(), tensor.shape.begin(), tensor.shape.end())) {
    return corrupt("tensor " + std::string(name) + " is " + std::string(name_of(tensor.dtype)) +
                   " " + shape_text(tensor.shape) + ", expected " + std::string(name_of(dtype)) +
                   " " + shape_text(shape));
  }
  return &tensor;
}

tl::unexpected<base::Error> Safetensors::corrupt(std::string_view cause) const {
  std::string line(cause);
  // Names in a damaged file hold anything; a message is one line.
  std::replace_if(
      line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, '?');
  return base::fail(base::ErrorKind::kCorrupt, file_.path() + ": " + line);
}

}  // namespace dss::weights
