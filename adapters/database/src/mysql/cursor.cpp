// SPDX-License-Identifier: BSL-1.0
#include "cursor.hpp"

#include "driver.hpp"
#include "statement_words.hpp"

#include <new>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters::detail {

namespace {

constexpr unsigned cannot_be_prepared = 1295;
constexpr unsigned has_other_columns = 2057;

/// Errors that mean that the server no longer knows the statement, or not as it was; it has done nothing.
bool wants_to_be_prepared_anew(unsigned number) noexcept
{
    return number == 1243     // unknown
           || number == 1615; // needs to be prepared again
}

} // namespace

mysql_cursor::mysql_cursor(mysql_driver& owner, std::string_view sql) : owner_{owner}, sql_{sql}
{
    if (!controls_a_transaction(sql))
        prepare();
}

mysql_cursor::~mysql_cursor()
{
    if (owner_.abandoned()) {
        [[maybe_unused]] auto* const the_parents = statement_.release();
        return;
    }
    drain();
    close();
}

void mysql_cursor::prepare()
{
    MYSQL* const connection = owner_.ready_to_send();
    close();
    statement_.reset(mysql_stmt_init(connection));
    if (!statement_)
        throw std::bad_alloc{};
    if (mysql_stmt_prepare(statement_.get(), sql_.data(), static_cast<unsigned long>(sql_.size())) != 0) {
        const mysql_failure failure = mysql_failure::of(statement_.get());
        close();
        if (failure.number == cannot_be_prepared)
            return;
        owner_.fail(failure, sql_, mysql_driver::phase::preparing);
    }
    columns_.describe(statement_.get());
}

void mysql_cursor::close() noexcept
{
    if (!statement_)
        return;
    owner_.clear_wire(); // the library would drop another statement's rows
    statement_.reset();
}

void mysql_cursor::bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row)
{
    drain();
    row_ = row;
    affected_ = 0;
    const std::size_t expected = statement_ ? mysql_stmt_param_count(statement_.get()) : 0;
    if (expected != values.size())
        throw database_error{database_errc::wrong_arguments,
                             "the statement has " + std::to_string(expected) + " placeholders, but "
                                 + std::to_string(values.size()) + " arguments were given",
                             masked_mysql_statement(sql_)};
    parameters_.set(values, bytes, sql_);
    state_ = state::bound;
}

bool mysql_cursor::step()
{
    if (state_ == state::in_memory)
        return step_in_memory();
    try {
        if (state_ == state::bound)
            execute();
        if (state_ == state::on_wire) {
            owner_.require_own_process();
            has_row_ = fetch();
        }
        return has_row_;
    } catch (...) {
        reusable_ = false;
        drain();
        throw;
    }
}

void mysql_cursor::execute()
{
    state_ = state::done;
    has_row_ = false;
    if (!statement_) {
        affected_ = owner_.run(sql_);
        return;
    }
    require_a_packet_that_fits();
    for (int attempt = 1;; ++attempt) {
        static_cast<void>(owner_.ready_to_send());
        if (mysql_stmt_bind_param(statement_.get(), parameters_.data()) == 0
            && mysql_stmt_execute(statement_.get()) == 0)
            break;
        const mysql_failure failure = mysql_failure::of(statement_.get());
        if (failure.number == has_other_columns)
            refuse_other_columns();
        if (attempt > 1 || !wants_to_be_prepared_anew(failure.number))
            owner_.fail(failure, sql_, mysql_driver::phase::running);
        prepare();
    }
    owner_.status_is_new();
    if (mysql_stmt_field_count(statement_.get()) == 0) {
        affected_ = static_cast<std::size_t>(mysql_stmt_affected_rows(statement_.get()));
        return;
    }
    state_ = state::on_wire;
    owner_.wire_holder(this);
    columns_.describe(statement_.get());
    // Also where nobody reads them: MariaDB's library may still know where those of the last run went.
    if (!columns_.bind(statement_.get()))
        fail();
}

void mysql_cursor::refuse_other_columns()
{
    state_ = state::on_wire; // MariaDB's library has kept the old description, and does not read by the new one
    drain();
    throw database_error{database_errc::wrong_row,
                         "the statement returns another number of columns than when it was prepared; it was executed, "
                         "but its rows are lost",
                         masked_mysql_statement(sql_)};
}

void mysql_cursor::require_a_packet_that_fits()
{
    // The server would hang up.
    static constexpr std::size_t surely_small = 512UL * 1024, around_it = 1024;
    if (parameters_.bytes() > surely_small && parameters_.bytes() + around_it > owner_.max_packet())
        throw database_error{database_errc::too_large,
                             "the arguments have " + std::to_string(parameters_.bytes())
                                 + " bytes, but the server's max_allowed_packet is "
                                 + std::to_string(owner_.max_packet()),
                             masked_mysql_statement(sql_)};
}

bool mysql_cursor::fetch()
{
    const int result = mysql_stmt_fetch(statement_.get());
    if (result == 0 || result == MYSQL_DATA_TRUNCATED) {
        affected_ += returns_changed_rows(sql_) ? 1 : 0;
        if (row_.empty() || columns_.fetch_long_values(statement_.get()))
            return true;
    } else if (result == MYSQL_NO_DATA) {
        end_of_result();
        return false;
    }
    fail();
}

void mysql_cursor::fail()
{
    mysql_failure failure = mysql_failure::of(statement_.get());
    if (failure.number == 0 && statement_->mysql) // MariaDB's library leaves an error among the rows there
        failure = mysql_failure::of(statement_->mysql);
    owner_.fail(failure, sql_, mysql_driver::phase::running);
}

void mysql_cursor::end_of_result()
{
    state_ = state::done;
    if (owner_.holds_wire(*this))
        owner_.wire_holder(nullptr);
    mysql_stmt_free_result(statement_.get());
    // A procedure may have several results, and always has one without rows at its end.
    while (statement_->mysql && mysql_more_results(statement_->mysql)) {
        if (mysql_stmt_next_result(statement_.get()) != 0)
            fail();
        mysql_stmt_free_result(statement_.get());
    }
}

void mysql_cursor::drain() noexcept
{
    has_row_ = false;
    rest_.clear();
    late_error_.reset();
    if (std::exchange(state_, state::done) != state::on_wire || owner_.abandoned())
        return;
    try {
        end_of_result(); // freeing a result reads its rows
    } catch (...) {
        reusable_ = false; // if the connection was lost, the next one who uses it learns that
    }
}

void mysql_cursor::retreat() noexcept
{
    const bool had_row = has_row_;
    std::optional<database_error> failed;
    try {
        if (had_row)
            keep_row();
        while (fetch())
            keep_row();
    } catch (const database_error& error) {
        failed = error;
    } catch (const std::bad_alloc&) {
        rest_.clear(); // makes room for what follows; the result is lost in any case
        failed.emplace(database_errc::out_of_memory,
                       "no memory for the rest of a result, for which another statement of the session cannot wait");
    }
    if (failed && state_ == state::on_wire) { // else fetch() has come to its end
        row_buffer kept{std::move(rest_)};
        drain();
        rest_ = std::move(kept);
    }
    late_error_ = failed;
    has_row_ = had_row && rest_.next();
    state_ = state::in_memory;
}

void mysql_cursor::keep_row()
{
    std::vector<value> values(row_.empty() ? 0 : columns_.size());
    for (std::size_t i = 0; i != values.size(); ++i)
        values[i] = columns_.get(i, wanted(i));
    rest_.add(values);
}

bool mysql_cursor::step_in_memory()
{
    has_row_ = rest_.next();
    if (has_row_)
        return true;
    state_ = state::done;
    rest_.clear();
    if (!late_error_)
        return false;
    reusable_ = false;
    throw *std::exchange(late_error_, std::nullopt);
}

value_kind mysql_cursor::wanted(std::size_t column) const noexcept
{
    return column < row_.size() ? row_[column] : value_kind::text;
}

value mysql_cursor::column(std::size_t index) const
{
    return state_ == state::in_memory ? rest_.column(index) : columns_.get(index, wanted(index));
}

bool mysql_cursor::columns_are_known() const { return !calls_a_procedure(sql_); }

bool mysql_cursor::finish() noexcept
{
    drain();
    parameters_.clear();
    columns_.shrink();
    row_ = {};
    return reusable_;
}

} // namespace steward::inline v0::adapters::detail
