// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace etl {

/// Tells one input from another across runs: 64 bits of FNV-1a over everything that was added. No protection against
/// somebody who wants two inputs to look alike. Complexity: linear.
class fingerprint {
public:
    void add(std::string_view text) noexcept;
    /// 16 hexadecimal digits.
    [[nodiscard]] std::string text() const;

private:
    std::uint64_t hash_ = 0xcbf29ce484222325;
};

} // namespace etl
