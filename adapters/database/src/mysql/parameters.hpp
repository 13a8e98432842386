// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/detail/time_text.hpp>

#include <mysql.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// The values of a statement's placeholders, as the client library wants them.
class mysql_parameters {
public:
    /// Throws wrong_arguments for what cannot be stored.
    void set(std::span<const value> values, lifetime bytes, std::string_view sql);
    void clear() noexcept;

    [[nodiscard]] MYSQL_BIND* data() noexcept { return binds_.data(); }
    /// About how many bytes travel.
    [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

private:
    void set(MYSQL_BIND& bind, std::int64_t& number, const value& argument);
    void set_bytes(MYSQL_BIND& bind, enum_field_types type, std::string_view bytes) noexcept;
    /// Lets the texts and blobs that are bound point to copies.
    void keep_bytes();

    std::vector<MYSQL_BIND> binds_;
    std::vector<std::int64_t>
        numbers_; // what the binds of numbers point to: one for each, the bits of a double as well
    std::vector<time_text> times_;
    std::unique_ptr<char[]> copied_;
    std::size_t bytes_ = 0;
};

} // namespace steward::inline v0::adapters::detail
