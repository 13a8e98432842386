// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace steward::inline v0::adapters::detail {

/// Whether a statement begins, ends or divides a transaction: MySQL prepares none of these, and MariaDB gains nothing.
[[nodiscard]] bool controls_a_transaction(std::string_view sql) noexcept;

/// Whether all that a statement does is undone with the transaction in which it runs: it can neither commit that itself
/// nor be its end.
[[nodiscard]] bool can_be_undone(std::string_view sql) noexcept;

/// Whether it returns what a stored procedure returns, which is known when that has run.
[[nodiscard]] bool calls_a_procedure(std::string_view sql) noexcept;

/// Whether a statement that returns rows returns those that it changed.
[[nodiscard]] bool returns_changed_rows(std::string_view sql) noexcept;

} // namespace steward::inline v0::adapters::detail
