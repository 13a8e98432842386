// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace benchmarks {

/// Each prints its lines and returns how many bounds were missed.
[[nodiscard]] int http_lines();
[[nodiscard]] int stream_lines();

} // namespace benchmarks
