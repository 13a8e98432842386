// SPDX-License-Identifier: BSL-1.0
#include "wire.hpp"

#include "fail.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include <poll.h>

namespace steward::inline v0::adapters::detail::pg {

namespace {

/// More results than that are not short.
constexpr int short_drain = 1'000;

int poll_limit(std::chrono::milliseconds limit) noexcept
{
    return limit.count() <= 0 ? -1 : static_cast<int>(std::min<std::chrono::milliseconds::rep>(limit.count(), INT_MAX));
}

/// On an idle connection something can be read: a notice, or the end.
bool has_news(int socket) noexcept
{
    ::pollfd on{socket, POLLIN, 0};
    return ::poll(&on, 1, 0) != 0;
}

/// Half of what belongs together may have been sent.
bool in_pipeline([[maybe_unused]] const PGconn* connection) noexcept
{
#ifdef LIBPQ_HAS_PIPELINING
    return PQpipelineStatus(connection) != PQ_PIPELINE_OFF;
#else
    return false;
#endif
}

/// The server closes the connection after that message.
bool says_goodbye(const PGresult* result) noexcept
{
    const std::string_view severity = error_field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    return severity == "FATAL" || severity == "PANIC";
}

} // namespace

wire::wire(soci::session& session, std::chrono::milliseconds limit) : session_{session}, limit_{poll_limit(limit)} {}

void wire::configure(PGconn* connection) noexcept
{
    known_ = connection;
    PQsetnonblocking(connection, 1);
    // Without one libpq prints what the server says besides, users' values too, to stderr.
    PQsetNoticeReceiver(
        connection,
        [](void* self, const PGresult* notice) {
            if (says_goodbye(notice))
                static_cast<wire*>(self)->ended_by_server_ = true;
        },
        this);
}

bool wire::silent() const noexcept { return lost_ || foreign() || !native_handle(session_); }

PGconn* wire::handle()
{
    const auto refuse = [](database_errc code, const char* reason) { throw database_error{code, reason}; };
    if (lost_)
        refuse(database_errc::connection_lost_undone, "the connection was lost before; nothing was sent");
    PGconn* const connection = native_handle(session_);
    if (!connection)
        refuse(database_errc::connection_lost, "the underlying SOCI session has been closed");
    if (connection != known_)
        configure(connection);
    return connection;
}

PGconn* wire::begin(loss meaning)
{
    PGconn* const connection = handle();
    if (foreign())
        throw database_error{database_errc::connection_lost, "the connection belongs to the parent process"};
    undone_ = true; // so far nothing is sent
    while (has_news(PQsocket(connection))) {
        const bool heard = PQconsumeInput(connection) != 0;
        static_cast<void>(PQisBusy(connection)); // takes notices from what was heard
        if (!heard || ended_by_server_)
            lose("the server has closed the connection while it was idle; nothing was sent");
    }
    if (PQstatus(connection) != CONNECTION_OK) // the user has noticed that, through SOCI
        lose("the connection was lost before; nothing was sent");
    const PGTransactionStatusType status = PQtransactionStatus(connection);
    undone_ = meaning == loss::harmless || status == PQTRANS_INERROR
              || (status == PQTRANS_INTRANS && meaning == loss::transactional);
    return connection;
}

void wire::queue(int accepted)
{
    if (accepted != 0)
        return;
    PGconn* const connection = handle();
    if (PQstatus(connection) != CONNECTION_OK || in_pipeline(connection))
        lose(PQerrorMessage(connection));
    throw database_error{database_errc::other, one_line(PQerrorMessage(connection))};
}

void wire::flush(PGconn* connection)
{
    for (int left = PQflush(connection); left != 0; left = PQflush(connection)) {
        if (left < 0)
            lose(PQerrorMessage(connection));
        if (!wait(connection, POLLIN | POLLOUT, limit_))
            lose("the server takes nothing");
        // What it says meanwhile must be taken, or each side waits for the other.
        if (PQconsumeInput(connection) == 0)
            lose(PQerrorMessage(connection));
    }
}

result_ptr wire::next()
{
    PGconn* const connection = handle();
    while (PQisBusy(connection) != 0) {
        if (!wait(connection, POLLIN, limit_))
            lose("the server is silent");
        if (PQconsumeInput(connection) == 0)
            break; // PQgetResult tells, after what the server has said before
    }
    result_ptr result{PQgetResult(connection)};
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR && says_goodbye(result.get()))
        lose(error_field(result.get(), PG_DIAG_MESSAGE_PRIMARY), error_field(result.get(), PG_DIAG_SQLSTATE));
    if (PQstatus(connection) != CONNECTION_OK)
        lose(PQerrorMessage(connection));
    return result;
}

void wire::drain() noexcept
{
    try {
        while (!silent()) {
            const result_ptr dropped = next();
            if (!dropped)
                return;
            const ExecStatusType status = PQresultStatus(dropped.get());
            if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
                lose("a COPY through the SOCI session was left open"); // it would never end
        }
    } catch (...) {
        lost_ = true;
    }
}

bool wire::drain_at_once() noexcept
{
    try {
        PGconn* const connection = handle();
        for (int i = 0; i != short_drain; ++i) {
            if (PQisBusy(connection) != 0) {
                if (!wait(connection, POLLIN, 1))
                    return false;
                static_cast<void>(PQconsumeInput(connection));
            } else if (!next()) {
                return true;
            }
        }
        return false;
    } catch (...) {
        lost_ = true;
        return true;
    }
}

void wire::cancel() noexcept
{
    PGcancel* const request = PQgetCancel(native_handle(session_));
    std::array<char, 256> error{};
    if (PQcancel(request, error.data(), static_cast<int>(error.size())) == 0)
        lost_ = true; // it may be on its way, and would hit whatever comes next
    PQfreeCancel(request);
}

bool wire::wait(PGconn* connection, short events, int limit) const
{
    if (foreign())
        throw database_error{database_errc::connection_lost, "the connection belongs to the parent process"};
    ::pollfd on{PQsocket(connection), events, 0};
    int ready = 0;
    do
        ready = ::poll(&on, 1, limit);
    while (ready < 0 && errno == EINTR);
    return ready != 0;
}

void wire::lose(std::string_view reason, std::string_view sql_state)
{
    lost_ = true;
    throw database_error{undone_ ? database_errc::connection_lost_undone : database_errc::connection_lost,
                         one_line(reason),
                         {},
                         0,
                         sql_state};
}

wire::patience::patience(wire& which, std::chrono::milliseconds limit) noexcept
    : wire_{which}, before_{std::exchange(which.limit_, poll_limit(limit))}
{
}

} // namespace steward::inline v0::adapters::detail::pg
