// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

/// Names and values as they stand in the query of a URL and in a form (application/x-www-form-urlencoded).
namespace steward::inline v0::adapters::detail {

/// With all but letters, digits and `-._~` encoded: as it means the same everywhere.
[[nodiscard]] std::string encoded_component(std::string_view text);

/// The target of a request with a parameter more; as it is if it has one of that name.
[[nodiscard]] std::string with_parameter(std::string target, std::string_view name, std::string_view value);

/// The target without its parameters of that name.
[[nodiscard]] std::string without_parameter(std::string_view target, std::string_view name);

} // namespace steward::inline v0::adapters::detail
