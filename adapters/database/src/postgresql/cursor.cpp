// SPDX-License-Identifier: BSL-1.0
#include "cursor.hpp"

#include "driver.hpp"
#include "fail.hpp"

#include <charconv>
#include <exception>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters::detail::pg {

namespace {

/// `INSERT 0 3`, `UPDATE 3`: what a statement says that it has done.
std::size_t changed_rows(const PGresult* result) noexcept
{
    const std::string_view tag = PQcmdStatus(const_cast<PGresult*>(result));
    if (tag.starts_with("SELECT") || tag.starts_with("FETCH") || tag.starts_with("MOVE"))
        return 0;
    const std::string_view number = PQcmdTuples(const_cast<PGresult*>(result));
    std::size_t rows = 0;
    std::from_chars(number.data(), number.data() + number.size(), rows);
    return rows;
}

bool same_parameters(const PGresult* one, const PGresult* other) noexcept
{
    const int count = PQnparams(one);
    if (count != PQnparams(other))
        return false;
    for (int i = 0; i != count; ++i)
        if (PQparamtype(one, i) != PQparamtype(other, i))
            return false;
    return true;
}

} // namespace

pg_cursor::pg_cursor(pg_driver& owner, std::string_view sql) : owner_{owner}, statement_{translate(sql)} { prepare(); }

pg_cursor::~pg_cursor()
{
    static_cast<void>(finish());
    owner_.close_later(std::move(name_), generation_);
}

void pg_cursor::prepare()
{
    owner_.close_later(std::exchange(name_, {}), generation_);
    description_ = owner_.prepare_at_server(statement_, name_);
    generation_ = owner_.generation();
}

void pg_cursor::bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row)
{
    static_cast<void>(finish());
    arguments_.set(values, bytes, description_.get(), statement_.shown);
    wanted_ = row;
    affected_ = 0;
    state_ = state::bound;
}

bool pg_cursor::step()
{
    switch (state_) {
    case state::bound: return start();
    case state::on_wire: return fetch();
    case state::buffered:
        row_is_buffered_ = true;
        if (rest_.next())
            return true;
        state_ = state::ended;
        if (late_error_)
            std::rethrow_exception(std::exchange(late_error_, nullptr));
        return false;
    case state::ended: return false;
    }
    std::unreachable();
}

bool pg_cursor::start()
{
    state_ = state::ended; // unless all goes well
    if (generation_ != owner_.generation())
        prepare();
    run();
    receive();
    if (is_outdated()) [[unlikely]] {
        reusable_ = false;
        const database_error reason = server_error(row_.get(), statement_.shown);
        owner_.line().drain();
        leave_wire();
        if (in_transaction_)
            throw database_error{database_errc::serialization_failure,
                                 "the server has lost the prepared statement, or its tables have changed; begin the "
                                 "transaction anew",
                                 statement_.shown, 0, reason.sql_state()};
        prepare();
        run();
        receive();
        reusable_ = true;
    } else if (was_run_ && !in_transaction_ && may_come_from_other_types()) [[unlikely]] {
        run_with_present_types();
    }
    was_run_ = true;
    return take_row();
}

// A table that was made anew may have other types than those that the arguments got when the statement was prepared.
// Outside of a transaction a statement that failed has done nothing.
void pg_cursor::run_with_present_types()
{
    const database_error reason = server_error(row_.get(), statement_.shown);
    reusable_ = false;
    owner_.line().drain();
    leave_wire();
    const result_ptr before = std::move(description_);
    prepare();
    if (same_parameters(before.get(), description_.get()))
        throw reason;
    run();
    receive();
    reusable_ = true;
}

void pg_cursor::run()
{
    wire& line = owner_.free_wire();
    PGconn* const connection = line.begin(statement_.ends_transaction ? loss::unknown : loss::transactional);
    in_transaction_ = PQtransactionStatus(connection) != PQTRANS_IDLE;
    const int accepted = PQsendQueryPrepared(connection, name_.c_str(), arguments_.count(), arguments_.values(),
                                             arguments_.lengths(), arguments_.formats(), 0);
    PQsetSingleRowMode(connection);
    line.send(accepted);
    owner_.streams(this);
    state_ = state::on_wire;
}

void pg_cursor::receive()
{
    try {
        row_ = owner_.line().next();
    } catch (...) {
        reusable_ = false;
        leave_wire();
        throw;
    }
}

bool pg_cursor::fetch()
{
    receive();
    return take_row();
}

bool pg_cursor::take_row()
{
    switch (PQresultStatus(row_.get())) {
    case PGRES_SINGLE_TUPLE: return true;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY: end_run(); return false;
    case PGRES_FATAL_ERROR: fail();
    default: leave_wire(); owner_.line().lose("the server has begun to copy, which was not asked for");
    }
}

void pg_cursor::end_run()
{
    const result_ptr last = std::move(row_);
    // Outside of a transaction the server commits only now, and that may fail, too.
    for (receive(); row_; receive())
        if (PQresultStatus(row_.get()) == PGRES_FATAL_ERROR)
            fail();
    leave_wire();
    affected_ = changed_rows(last.get());
    const std::string_view tag = PQcmdStatus(last.get());
    if (tag == "DISCARD ALL" || tag == "DEALLOCATE ALL")
        owner_.all_prepared_is_gone();
    if (statement_.commits && tag == "ROLLBACK")
        throw database_error{database_errc::transaction_state,
                             "an error before has made the transaction fail; it was rolled back", statement_.shown};
}

void pg_cursor::fail()
{
    const result_ptr error = std::move(row_);
    owner_.line().drain();
    leave_wire();
    throw server_error(error.get(), statement_.shown);
}

bool pg_cursor::is_outdated() const
{
    if (PQresultStatus(row_.get()) != PGRES_FATAL_ERROR)
        return false;
    const std::string_view code = error_field(row_.get(), PG_DIAG_SQLSTATE);
    if (code == "26000") // not the user's own, of an `execute` in SQL
        return name_.empty()
               || error_field(row_.get(), PG_DIAG_MESSAGE_PRIMARY).find('"' + name_ + '"') != std::string_view::npos;
    return code == "0A000" && error_field(row_.get(), PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
}

bool pg_cursor::may_come_from_other_types() const noexcept
{
    if (PQresultStatus(row_.get()) != PGRES_FATAL_ERROR || PQnparams(description_.get()) == 0)
        return false;
    const std::string_view code = error_field(row_.get(), PG_DIAG_SQLSTATE);
    return code.starts_with("22") || code == "42804";
}

void pg_cursor::leave_wire() noexcept
{
    owner_.streams(nullptr);
    state_ = state::ended;
}

void pg_cursor::retreat() noexcept
{
    result_ptr current = std::move(row_); // may still be looked at
    try {
        std::vector<value> values(column_count());
        while (fetch()) {
            for (std::size_t i = 0; i != values.size(); ++i)
                values[i] = read(rest_columns_, i);
            rest_.add(values);
        }
    } catch (...) {
        late_error_ = std::current_exception();
        owner_.line().drain();
        leave_wire();
    }
    rest_columns_.clear();
    row_ = std::move(current);
    state_ = state::buffered;
}

bool pg_cursor::finish() noexcept
{
    if (state_ == state::on_wire)
        abandon();
    state_ = state::ended;
    arguments_.clear();
    row_.reset();
    columns_.clear();
    rest_.clear();
    row_is_buffered_ = false;
    late_error_ = nullptr;
    return reusable_ && !owner_.line().lost();
}

void pg_cursor::abandon() noexcept
{
    wire& line = owner_.line();
    if (!line.silent()) {
        // What writes is not interrupted, and in a transaction an interruption would undo what was before.
        const bool may_be_interrupted = statement_.reads && !in_transaction_;
        if (may_be_interrupted && !line.drain_at_once())
            line.cancel();
        line.drain();
    }
    leave_wire();
}

std::size_t pg_cursor::column_count() const { return static_cast<std::size_t>(PQnfields(description_.get())); }

std::string pg_cursor::column_name(std::size_t index) const
{
    const char* const name = PQfname(description_.get(), static_cast<int>(index));
    return name ? name : "";
}

value pg_cursor::column(std::size_t index) const
{
    return row_is_buffered_ ? rest_.column(index) : read(columns_, index);
}

value pg_cursor::read(columns& reader, std::size_t index) const
{
    return reader.read(row_.get(), static_cast<int>(index), index < wanted_.size() ? wanted_[index] : value_kind::text);
}

} // namespace steward::inline v0::adapters::detail::pg
