// Numbers as client_python writes them: Go's spelling, on top of Python's shortest round-trip
// digits.
#pragma once

#include <string>

namespace dss::metrics {

/// `42.0`, `0.005`, `1e-05`, `1e+06`, `4.5051904e+07`, `+Inf`, `-Inf`, `NaN`. As floatToGoString of
/// client_python 0.19, except from 1e10 on, where the exponent keeps two digits as OpenMetrics 1.0
/// wants it.
[[nodiscard]] std::string format_number(double value);

/// Appends format_number(value) to `*out`.
void append_number(double value, std::string* out);

}  // namespace dss::metrics
