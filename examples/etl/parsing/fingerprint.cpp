// SPDX-License-Identifier: BSL-1.0
#include "parsing/fingerprint.hpp"

#include <fmt/format.h>

namespace etl {

void fingerprint::add(std::string_view text) noexcept
{
    for (const char c : text) {
        hash_ ^= static_cast<unsigned char>(c);
        hash_ *= 0x100000001b3;
    }
}

std::string fingerprint::text() const { return fmt::format("{:016x}", hash_); }

} // namespace etl
