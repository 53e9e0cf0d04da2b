// Small helpers that the tests of this room share.
#pragma once

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "gtest/gtest.h"
#include "records/byte_source.h"
#include "records/chunk_reader.h"

namespace dss::records {

/// A file with this content, gone at the end of the scope.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content)
      : path_(testing::TempDir() + "dss_records_" + std::to_string(::getpid()) + "_" +
              std::to_string(next_++)) {
    std::FILE* file = std::fopen(path_.c_str(), "wb");
    std::fwrite(content.data(), 1, content.size(), file);
    std::fclose(file);
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  static inline int next_ = 0;
  std::string path_;
};

/// A chunk as a ChunkReader would give it.
inline Chunk chunk_of(const std::string& rows) {
  Chunk chunk;
  chunk.bytes = rows + std::string(64, '\0');
  chunk.size = rows.size();
  return chunk;
}

}  // namespace dss::records
