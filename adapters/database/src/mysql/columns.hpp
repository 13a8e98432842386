// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <mysql.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// The columns of a statement's result, and their values in the row that was fetched last.
class mysql_columns {
public:
    /// Reads what the columns are; those of an executed statement may differ from those of a prepared one.
    void describe(MYSQL_STMT* statement);
    /// Lets the next rows be stored here; false if the client library refuses, which the statement then explains.
    [[nodiscard]] bool bind(MYSQL_STMT* statement);
    /// Reads the values that did not fit where the row was stored; false if the client library fails.
    [[nodiscard]] bool fetch_long_values(MYSQL_STMT* statement);

    [[nodiscard]] std::size_t size() const noexcept { return columns_.size(); }
    [[nodiscard]] const std::string& name(std::size_t index) const noexcept { return columns_[index].name; }
    /// `wanted` is what it is going to be read into, which decides what a DECIMAL becomes.
    [[nodiscard]] value get(std::size_t index, value_kind wanted) const noexcept;
    /// Gives back what long values have needed.
    void shrink() noexcept;

private:
    using flag = std::remove_pointer_t<decltype(MYSQL_BIND::is_null)>; // the two libraries disagree

    enum class kind : unsigned char { null, integer, natural, real, decimal, bits, text, blob };
    struct column {
        std::string name;
        kind what = kind::null;
        std::size_t room = 0; // for bytes
        std::int64_t integer = 0;
        double real = 0;
        std::vector<char> short_bytes;
        std::string long_bytes;
        unsigned long length = 0;
        flag is_null = 0;
        flag truncated = 0;

        [[nodiscard]] bool has_bytes() const noexcept { return what >= kind::decimal; }
        [[nodiscard]] std::string_view bytes() const noexcept
        {
            return length > room ? std::string_view{long_bytes} : std::string_view{short_bytes.data(), length};
        }
    };

    [[nodiscard]] static kind kind_of(const MYSQL_FIELD& field) noexcept;
    [[nodiscard]] static MYSQL_BIND bind_of(column& column) noexcept;

    std::vector<column> columns_;
    std::vector<MYSQL_BIND> binds_;
};

} // namespace steward::inline v0::adapters::detail
