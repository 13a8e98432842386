// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"
#include "fail.hpp"
#include "sql.hpp"

#include <utility>

namespace steward::inline v0::adapters::detail::pg {

result_ptr pg_driver::prepare_at_server(const translated& statement, std::string& name)
{
    std::string unused = "steward_" + std::to_string(++names_);
    result_ptr description = prepare_and_describe(statement, unused);
    name = std::move(unused); // now that it is there
    return description;
}

void pg_driver::close_later(std::string name, std::uint64_t generation) noexcept
{
    if (name.empty() || generation != generation_)
        return;
    try {
        stale_.push_back(std::move(name));
    } catch (...) { // NOLINT(bugprone-empty-catch): it ends with the connection
    }
}

void pg_driver::all_prepared_is_gone() noexcept
{
    ++generation_;
    stale_.clear();
}

/// In a transaction it might fail, and take that along.
bool pg_driver::may_close_stale(PGconn* connection) const noexcept
{
    return !stale_.empty() && PQtransactionStatus(connection) == PQTRANS_IDLE;
}

#ifdef LIBPQ_HAS_PIPELINING

namespace {

/// All in one round trip. Ends where it is left; if not all was answered then, the connection is lost.
class pipeline {
public:
    explicit pipeline(wire& line, PGconn* connection) : line_{line}, connection_{connection}
    {
        line_.send(PQenterPipelineMode(connection));
    }

    /// What was sent up to here has an error or a result of its own.
    [[nodiscard]] result_ptr results()
    {
        result_ptr last;
        for (;;) {
            result_ptr next = line_.next();
            const ExecStatusType status = PQresultStatus(next.get()); // of null: an error
            if (!next || status == PGRES_PIPELINE_ABORTED)
                continue;
            if (status == PGRES_PIPELINE_SYNC)
                return last;
            if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR)
                last = std::move(next);
        }
    }
    void end()
    {
        if (PQexitPipelineMode(connection_) == 0)
            line_.lose(PQerrorMessage(connection_));
    }

private:
    wire& line_;
    PGconn* connection_;
};

} // namespace

void pg_driver::close_stale(PGconn* connection)
{
    for (const std::string& name : stale_)
        wire_.queue(
            PQsendQueryParams(connection, ("deallocate " + name).c_str(), 0, nullptr, nullptr, nullptr, nullptr, 0));
    wire_.queue(PQpipelineSync(connection));
    stale_.clear();
}

result_ptr pg_driver::prepare_and_describe(const translated& statement, const std::string& name)
{
    PGconn* const connection = free_wire().begin(loss::harmless);
    pipeline all{wire_, connection};
    const bool closes = may_close_stale(connection);
    if (closes)
        close_stale(connection);
    wire_.queue(PQsendPrepare(connection, name.c_str(), statement.sql.c_str(), 0, nullptr));
    wire_.queue(PQsendDescribePrepared(connection, name.c_str()));
    wire_.send(PQpipelineSync(connection));
    if (closes)
        static_cast<void>(all.results());
    result_ptr result = all.results();
    all.end();
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
        throw server_error(result.get(), statement.shown);
    return result;
}

#else

void pg_driver::close_stale(PGconn* connection)
{
    for (const std::string& name : std::exchange(stale_, {})) {
        wire_.send(PQsendQuery(connection, ("deallocate " + name).c_str()));
        wire_.drain();
    }
}

result_ptr pg_driver::prepare_and_describe(const translated& statement, const std::string& name)
{
    PGconn* const connection = free_wire().begin(loss::harmless);
    if (may_close_stale(connection))
        close_stale(connection);
    wire_.send(PQsendPrepare(connection, name.c_str(), statement.sql.c_str(), 0, nullptr));
    static_cast<void>(result_of(statement.shown));
    wire_.send(PQsendDescribePrepared(connection, name.c_str()));
    return result_of(statement.shown);
}

#endif

} // namespace steward::inline v0::adapters::detail::pg
