#include "weights/safetensors_writer.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

#include "json/writer.h"

namespace dss::weights {
namespace {

constexpr std::size_t kAlignment = 8;

std::string header_of(const std::map<std::string, std::string>& metadata,
                      std::span<const TensorOut> tensors) {
  std::string header;
  json::Writer writer(&header);
  writer.begin_object().key("__metadata__").begin_object();
  for (const auto& [name, value] : metadata) writer.key(name).string(value);
  writer.end_object();
  std::uint64_t offset = 0;
  for (const TensorOut& tensor : tensors) {
    writer.key(tensor.name).begin_object().key("dtype").string(tensor.dtype);
    writer.key("shape").begin_array();
    for (const std::size_t size : tensor.shape) writer.unsigned_integer(size);
    writer.end_array().key("data_offsets").begin_array();
    writer.unsigned_integer(offset).unsigned_integer(offset + tensor.bytes.size());
    writer.end_array().end_object();
    offset += tensor.bytes.size();
  }
  writer.end_object();
  header.resize((header.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  return header;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

base::Status write_safetensors(const std::string& path,
                               const std::map<std::string, std::string>& metadata,
                               std::span<const TensorOut> tensors) {
  const auto refuse = [&path] {
    return base::fail(base::ErrorKind::kIo, path + ": " + std::strerror(errno));
  };
  std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "wb"));
  if (!file) return refuse();
  const std::string header = header_of(metadata, tensors);
  const std::uint64_t length = header.size();
  bool written = std::fwrite(&length, sizeof length, 1, file.get()) == 1 &&
                 std::fwrite(header.data(), 1, header.size(), file.get()) == header.size();
  for (const TensorOut& tensor : tensors) {
    written = written && std::fwrite(tensor.bytes.data(), 1, tensor.bytes.size(), file.get()) ==
                             tensor.bytes.size();
  }
  if (!written || std::fflush(file.get()) != 0) return refuse();
  return {};
}

}  // namespace dss::weights
