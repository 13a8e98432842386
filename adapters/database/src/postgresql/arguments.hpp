// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

namespace steward::inline v0::adapters::detail::pg {

/// The text of a value that is neither null nor a blob, appended; as it is understood by the input of every type that can
/// hold it. Throws wrong_arguments, as `what` ("argument 2"), for what PostgreSQL cannot hold.
void append_text(std::string& to, const value& from, std::string_view what, std::string_view statement);

/// Throws wrong_arguments unless a value may go where that type is expected.
void check_type(const value& from, Oid type, std::string_view what, std::string_view statement);

/// The arguments of one run, as libpq wants them.
class arguments {
public:
    /// `description`: of the prepared statement. Throws wrong_arguments.
    void set(std::span<const value> values, lifetime bytes, const PGresult* description, std::string_view statement);
    /// Lets bytes go; keeps little memory for the next run.
    void clear() noexcept;

    [[nodiscard]] int count() const noexcept { return static_cast<int>(values_.size()); }
    [[nodiscard]] const char* const* values() const noexcept { return values_.data(); }
    [[nodiscard]] const int* lengths() const noexcept { return lengths_.data(); }
    [[nodiscard]] const int* formats() const noexcept { return formats_.data(); }

private:
    void add(const value& from, lifetime bytes, std::string_view what, std::string_view statement);

    std::vector<const char*> values_; // null: NULL
    std::vector<int> lengths_;
    std::vector<int> formats_;         // 1: binary
    std::vector<std::size_t> offsets_; // of those that are in bytes_
    std::string bytes_;
};

} // namespace steward::inline v0::adapters::detail::pg
