// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// SHA-1 in hexadecimal digits: by it Redis names a script that it knows. Not for secrets.
[[nodiscard]] std::string sha1(std::string_view text);

} // namespace steward::inline v0::adapters::detail
