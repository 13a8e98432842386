// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../row_buffer.hpp"
#include "arguments.hpp"
#include "columns.hpp"
#include "native.hpp"
#include "sql.hpp"
#include "wire.hpp"

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/error.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail::pg {

class pg_driver;

/// A statement of PostgreSQL. Its rows come from the wire one by one, until another statement needs that.
class pg_cursor final : public cursor {
public:
    pg_cursor(pg_driver& owner, std::string_view sql);
    ~pg_cursor() override;

    void bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row) override;
    bool step() override;
    [[nodiscard]] std::size_t affected_rows() const override { return affected_; }
    [[nodiscard]] std::size_t column_count() const override;
    [[nodiscard]] std::string column_name(std::size_t index) const override;
    [[nodiscard]] value column(std::size_t index) const override;
    [[nodiscard]] bool finish() noexcept override;

    /// Reads what is left into memory, so that the wire is free. An error on the way comes after the rows before it.
    void retreat() noexcept;
    /// Whether a transaction was open when it was run.
    [[nodiscard]] bool in_transaction() const noexcept { return in_transaction_; }

private:
    enum class state : unsigned char {
        bound,    // nothing was sent
        on_wire,  // its rows come from there
        buffered, // they come from memory
        ended
    };

    void prepare();
    /// The first step, also where the server has lost or outgrown what it had prepared.
    bool start();
    void run();
    /// Waits for the next result.
    void receive();
    bool fetch();
    /// Whether what was received is a row; ends the run, or throws, if it is not.
    bool take_row();
    void end_run();
    [[noreturn]] void fail();
    [[nodiscard]] bool is_outdated() const;
    [[nodiscard]] bool may_come_from_other_types() const noexcept;
    /// Prepares anew; runs again if the types of the parameters have changed, throws the error if not.
    void run_with_present_types();
    void leave_wire() noexcept;
    void abandon() noexcept;
    [[nodiscard]] value read(columns& reader, std::size_t index) const;

    pg_driver& owner_;
    translated statement_;
    std::string name_;       // at the server; empty before it is there
    result_ptr description_; // of parameters and columns
    std::uint64_t generation_ = 0;

    arguments arguments_;
    std::span<const value_kind> wanted_;
    state state_ = state::ended;
    bool reusable_ = true;
    bool was_run_ = false;
    bool in_transaction_ = false;
    std::size_t affected_ = 0;

    result_ptr row_;
    mutable columns columns_;
    row_buffer rest_;
    bool row_is_buffered_ = false;
    columns rest_columns_;
    std::exception_ptr late_error_; // that came behind the rows in rest_
};

} // namespace steward::inline v0::adapters::detail::pg
