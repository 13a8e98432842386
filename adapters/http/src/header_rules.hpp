// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/headers.hpp>

#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// Whether a header's name is one of these.
[[nodiscard]] bool is_one_of(std::span<const std::string_view> names, std::string_view name) noexcept;

/// Whether each character is a letter, a digit or a sign: nothing blank, no control, nothing beyond ASCII.
[[nodiscard]] bool is_visible_ascii(std::string_view text) noexcept;
/// Whether a value can be sent: no line ends, NUL or other control characters but the tab.
[[nodiscard]] bool is_header_value(std::string_view value) noexcept;

/// What is wrong with the first header that cannot be sent, by its name, never with its value; empty if all can.
[[nodiscard]] std::string wrong_header(const http_headers& headers);

} // namespace steward::inline v0::adapters::detail
