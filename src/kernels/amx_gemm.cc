#include "kernels/amx_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "kernels/amx_tiles.h"
#include "kernels/int8_gemm.h"

namespace dss::kernels {
namespace {

constexpr std::size_t kTileRows = 16;
constexpr std::size_t kTileBytes = 64;  // of a row
constexpr std::size_t kTile = kTileRows * kTileBytes;

struct alignas(64) TileConfiguration {
  std::uint8_t palette = 1;
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

struct Block {
  const std::byte* a;
  std::size_t a_stride;
  const std::byte* w;
  std::size_t panel_bytes;
  const std::int32_t* correction;
  std::size_t tiles;  // of 64 bytes of inputs
  std::byte* out;
  std::size_t out_stride;  // bytes
};

inline std::byte* at(const Block& block, std::size_t row, std::size_t panel) {
  return block.out + row * kTileRows * block.out_stride + panel * kTileBytes;
}

// The compiler's names for tiles must be literal numbers, so these cannot be functions. A tile of
// sums starts with the corrections of its panel in every row, or at zero.
#define DSS_START(tile, panel)                                 \
  if constexpr (kPrecision == Precision::kInt8) {              \
    _tile_loadd(tile, block.correction + (panel) * kPanel, 0); \
  } else {                                                     \
    _tile_zero(tile);                                          \
  }
#define DSS_MULTIPLY(sums, a, w)                  \
  if constexpr (kPrecision == Precision::kInt8) { \
    _tile_dpbusd(sums, a, w);                     \
  } else {                                        \
    _tile_dpbf16ps(sums, a, w);                   \
  }

// 32 rows × 2 panels: tiles 0 to 3 hold sums, 4 and 5 activations, 6 and 7 weights.
template <Precision kPrecision>
void two_by_two(const Block& block) {
  DSS_START(0, 0)
  DSS_START(1, 1)
  DSS_START(2, 0)
  DSS_START(3, 1)
  for (std::size_t t = 0; t < block.tiles; ++t) {
    const std::byte* w = block.w + t * kTile;
    const std::byte* a = block.a + t * kTileBytes;
    _tile_loadd(6, w, kTileBytes);
    _tile_loadd(4, a, block.a_stride);
    DSS_MULTIPLY(0, 4, 6)
    _tile_loadd(7, w + block.panel_bytes, kTileBytes);
    DSS_MULTIPLY(1, 4, 7)
    _tile_loadd(5, a + kTileRows * block.a_stride, block.a_stride);
    DSS_MULTIPLY(2, 5, 6)
    DSS_MULTIPLY(3, 5, 7)
  }
  _tile_stored(0, at(block, 0, 0), block.out_stride);
  _tile_stored(1, at(block, 0, 1), block.out_stride);
  _tile_stored(2, at(block, 1, 0), block.out_stride);
  _tile_stored(3, at(block, 1, 1), block.out_stride);
}

// 16 rows × 4 panels: tiles 0 to 3 hold sums, 4 activations, 5 to 7 weights in turn.
template <Precision kPrecision>
void one_by_four(const Block& block) {
  DSS_START(0, 0)
  DSS_START(1, 1)
  DSS_START(2, 2)
  DSS_START(3, 3)
  for (std::size_t t = 0; t < block.tiles; ++t) {
    const std::byte* w = block.w + t * kTile;
    _tile_loadd(4, block.a + t * kTileBytes, block.a_stride);
    _tile_loadd(5, w, kTileBytes);
    DSS_MULTIPLY(0, 4, 5)
    _tile_loadd(6, w + block.panel_bytes, kTileBytes);
    DSS_MULTIPLY(1, 4, 6)
    _tile_loadd(7, w + 2 * block.panel_bytes, kTileBytes);
    DSS_MULTIPLY(2, 4, 7)
    _tile_loadd(5, w + 3 * block.panel_bytes, kTileBytes);
    DSS_MULTIPLY(3, 4, 5)
  }
  _tile_stored(0, at(block, 0, 0), block.out_stride);
  _tile_stored(1, at(block, 0, 1), block.out_stride);
  _tile_stored(2, at(block, 0, 2), block.out_stride);
  _tile_stored(3, at(block, 0, 3), block.out_stride);
}

template <Precision kPrecision>
void one_by_one(const Block& block) {
  DSS_START(0, 0)
  for (std::size_t t = 0; t < block.tiles; ++t) {
    _tile_loadd(4, block.a + t * kTileBytes, block.a_stride);
    _tile_loadd(6, block.w + t * kTile, kTileBytes);
    DSS_MULTIPLY(0, 4, 6)
  }
  _tile_stored(0, at(block, 0, 0), block.out_stride);
}

Block moved(Block block, std::size_t row, std::size_t panel) {
  block.a += row * block.a_stride;
  block.w += panel * block.panel_bytes;
  block.correction += panel * kPanel;
  block.out = at(block, 0, panel) + row * block.out_stride;
  return block;
}

template <Precision kPrecision>
void panels_of(const Block& block, std::size_t panels) {
  std::size_t p = 0;
  for (; p + 4 <= panels; p += 4) one_by_four<kPrecision>(moved(block, 0, p));
  for (; p < panels; ++p) one_by_one<kPrecision>(moved(block, 0, p));
}

template <Precision kPrecision>
void multiply(const Block& whole, std::size_t rows, std::size_t panels) {
  if (rows <= kTileRows) return panels_of<kPrecision>(whole, panels);
  std::size_t p = 0;
  for (; p + 2 <= panels; p += 2) {
    std::size_t row = 0;
    for (; row + kTileRows < rows; row += 2 * kTileRows) {
      two_by_two<kPrecision>(moved(whole, row, p));
    }
    if (row < rows) panels_of<kPrecision>(moved(whole, row, p), 2);
  }
  for (std::size_t row = 0; p < panels && row < rows; row += kTileRows) {
    one_by_one<kPrecision>(moved(whole, row, p));
  }
}

Block block_of(const std::byte* a, std::size_t a_stride, const PackedMatrix& w, std::size_t panel,
               void* out, std::size_t out_stride) {
  return {a,
          a_stride,
          w.panel(panel),
          w.panel_bytes(),
          w.correction() + panel * kPanel,
          w.panel_bytes() / kTile,
          static_cast<std::byte*>(out),
          out_stride * sizeof(float)};
}

}  // namespace

void amx_begin() {
  static constexpr TileConfiguration kConfiguration;
  _tile_loadconfig(&kConfiguration);
}

void amx_end() { _tile_release(); }

void int8_gemm_amx(const Int8Rows& a, const PackedMatrix& w, Panels panels, const Int32Rows& out) {
  const auto* data = reinterpret_cast<const std::byte*>(a.data);
  multiply<Precision::kInt8>(block_of(data, a.stride, w, panels.first, out.data, out.stride),
                             a.rows, panels.count);
}

void bf16_gemm_amx(const std::byte* a, std::size_t a_stride, std::size_t rows,
                   const PackedMatrix& w, Panels panels, float* out, std::size_t out_stride) {
  multiply<Precision::kBf16>(block_of(a, a_stride, w, panels.first, out, out_stride), rows,
                             panels.count);
}

}  // namespace dss::kernels

#endif
