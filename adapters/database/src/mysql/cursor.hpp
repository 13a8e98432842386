// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../row_buffer.hpp"
#include "columns.hpp"
#include "parameters.hpp"

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/error.hpp>

#include <mysql.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

class mysql_driver;

/// A statement of MySQL: prepared at the server, or sent as text where MySQL can prepare none of its kind.
class mysql_cursor final : public cursor {
public:
    mysql_cursor(mysql_driver& owner, std::string_view sql);
    ~mysql_cursor() override;

    void bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row) override;
    bool step() override;
    [[nodiscard]] std::size_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::size_t column_count() const override { return columns_.size(); }
    [[nodiscard]] bool columns_are_known() const override;
    [[nodiscard]] std::string column_name(std::size_t index) const override { return columns_.name(index); }
    [[nodiscard]] value column(std::size_t index) const override;
    [[nodiscard]] bool finish() noexcept override;

    /// Reads what is left of the result into memory, for the wire is needed. What fails meanwhile is thrown by `step`.
    void retreat() noexcept;

private:
    enum class state : unsigned char {
        done,     ///< no rows, or no more
        bound,    ///< nothing runs yet
        on_wire,  ///< rows come from the server
        in_memory ///< rows come from `rest_`
    };

    struct closer {
        void operator()(MYSQL_STMT* done) const noexcept { mysql_stmt_close(done); }
    };

    void prepare();
    void close() noexcept;
    void execute();
    void require_a_packet_that_fits();
    [[noreturn]] void refuse_other_columns();
    /// Throws what the statement has met.
    [[noreturn]] void fail();
    /// The next row from the server; false at the end of the result, which is read up to its last byte then.
    bool fetch();
    bool step_in_memory();
    /// Leaves the wire; reads and forgets what is left.
    void end_of_result();
    void keep_row();
    /// Ends the run.
    void drain() noexcept;
    [[nodiscard]] value_kind wanted(std::size_t column) const noexcept;

    mysql_driver& owner_;
    std::string sql_;
    std::unique_ptr<MYSQL_STMT, closer> statement_; // null: sent as text
    mysql_parameters parameters_;
    mysql_columns columns_;
    std::span<const value_kind> row_;
    row_buffer rest_;
    std::optional<database_error> late_error_;
    std::size_t affected_ = 0;
    state state_ = state::done;
    bool has_row_ = false;
    bool reusable_ = true;
};

} // namespace steward::inline v0::adapters::detail
