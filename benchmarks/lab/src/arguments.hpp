// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::lab {

/// What stands behind `--name=`; nothing if the argument is another one.
[[nodiscard]] std::optional<std::string_view> value_of(std::string_view name, std::string_view argument);

/// A number from 1. Throws std::invalid_argument, which names the option, for what is none.
[[nodiscard]] int count(std::string_view option, std::string_view value);

/// Whether a filter lets a name through; one without names does so with all.
[[nodiscard]] bool fits(const std::vector<std::string>& filter, std::string_view name);

} // namespace steward::inline v0::lab
