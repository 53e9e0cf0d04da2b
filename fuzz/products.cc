// Products of 8-bit matrices: every instruction set of this processor gives the exact sums, for any
// shape, stride and range of panels.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "kernels/encoder_kernels.h"
#include "kernels/int8_gemm.h"

namespace {

using namespace dss::kernels;

// For loops whose every comparison, if libFuzzer watched it, would take most of the time.
#ifdef __clang__
#define NOT_INSTRUMENTED __attribute__((noinline, no_sanitize("coverage")))
#else
#define NOT_INSTRUMENTED __attribute__((noinline))
#endif

// The input's bytes one after another, then zeros.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::uint8_t next() { return at_ < size_ ? data_[at_++] : 0; }
  std::size_t from_one_to(std::size_t most) {
    const std::size_t value = std::size_t{next()} << 8 | next();
    return 1 + value % most;
  }
  // From -127 to 127, and `offset` added.
  template <typename T>
  NOT_INSTRUMENTED void fill(std::vector<T>* numbers, int offset) {
    for (T& number : *numbers) {
      const int byte = at_ < size_ ? data_[at_++] : 0;
      number = static_cast<T>((byte == 0 ? 1 : byte) - 128 + offset);
    }
  }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

std::vector<std::int32_t> multiply(InstructionSet set, const std::vector<std::uint8_t>& a,
                                   std::size_t stride, std::size_t rows, const PackedMatrix& w,
                                   Panels panels) {
  std::vector<std::int32_t> out(round_up(rows, kRowUnit) * panels.count * kPanel);
  const EncoderKernels& kernels = encoder_kernels(set, Precision::kInt8);
  kernels.begin();
  int8_gemm(set)({a.data(), stride, rows}, w, panels, {out.data(), panels.count * kPanel});
  kernels.end();
  out.resize(rows * panels.count * kPanel);
  return out;
}

// The weights that the matrix made of those it was given.
void read_back(const PackedMatrix& matrix, std::size_t output, std::vector<std::int8_t>* weights) {
  const auto* packed = reinterpret_cast<const std::int8_t*>(matrix.panel(output / kPanel));
  for (std::size_t i = 0; i < weights->size(); ++i) {
    (*weights)[i] = packed[(i / 4 * kPanel + output % kPanel) * 4 + i % 4];
  }
}

// One row of the product with weights [output][input].
NOT_INSTRUMENTED void exact_row(const std::uint8_t* a,
                                const std::vector<std::vector<std::int8_t>>& weights,
                                std::size_t first, std::int32_t* out, std::size_t count) {
  for (std::size_t o = 0; o < count && first + o < weights.size(); ++o) {
    const std::vector<std::int8_t>& row = weights[first + o];
    for (std::size_t i = 0; i < row.size(); ++i) out[o] += (a[i] - kOffset) * row[i];
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  const std::size_t rows = bytes.from_one_to(36);
  const std::size_t inputs = bytes.from_one_to(140);
  const std::size_t outputs = bytes.from_one_to(100);
  const bool narrow = bytes.next() % 2 == 0;
  PackedMatrix matrix(Precision::kInt8, inputs, outputs, narrow);
  const std::size_t first = bytes.from_one_to(matrix.panels()) - 1;
  const Panels panels{first, bytes.from_one_to(matrix.panels() - first)};
  const std::size_t stride = matrix.padded_inputs() + 64 * (bytes.next() % 3);
  std::vector<std::vector<std::int8_t>> weights(outputs, std::vector<std::int8_t>(inputs));
  for (std::size_t i = 0; i < outputs; ++i) {
    bytes.fill(&weights[i], 0);
    matrix.set_output(i, weights[i], 1, 0);
    read_back(matrix, i, &weights[i]);
  }
  std::vector<std::uint8_t> activations(round_up(rows, kRowUnit) * stride);
  bytes.fill(&activations, kOffset);
  const std::size_t width = panels.count * kPanel;
  std::vector<std::int32_t> expected(rows * width);
  for (std::size_t r = 0; r < rows; ++r) {
    exact_row(&activations[r * stride], weights, first * kPanel, &expected[r * width], width);
  }
  // Plain C++ is instrumented too, and slow: one shape in eight.
  const bool plain = (rows + inputs + outputs) % 8 == 0;
  for (const InstructionSet set : available_instruction_sets()) {
    if (set == InstructionSet::kScalar && !plain) continue;
    if (wants_narrow(set) && !narrow) continue;
    if (multiply(set, activations, stride, rows, matrix, panels) != expected) std::abort();
  }
  return 0;
}
