// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/connection.hpp>
#include <steward/adapters/database/error.hpp>

#include <utility>

namespace steward::adapters::detail {

std::string driver::quoted(std::string_view identifier) const
{
    std::string result{'"'};
    for (const char c : identifier)
        result.append(c == '"' ? 2 : 1, c);
    return result += '"';
}

guest::guest(connection& host) noexcept : host_{&host}, next_{host.guests_}
{
    if (next_)
        next_->previous_ = this;
    host.guests_ = this;
}

guest::~guest()
{
    if (!host_)
        return;
    (previous_ ? previous_->next_ : host_->guests_) = next_;
    if (next_)
        next_->previous_ = previous_;
}

connection& guest::host_or_throw(std::string_view what) const
{
    if (host_)
        return *host_;
    throw database_error{database_errc::expired, std::string{what}
                                                     + " was used after its session had been given back; "
                                                       "finish with it while the session is held"};
}

connection::connection(std::unique_ptr<driver> backend) noexcept : backend_{std::move(backend)} {}

connection::~connection() { expire_guests(); }

void connection::expire_guests() noexcept
{
    // The newest first, as the scopes they come from would have ended.
    while (guest* const last = guests_) {
        guests_ = last->next_;
        last->expire();
        last->host_ = nullptr;
        last->previous_ = last->next_ = nullptr;
    }
    transaction_depth_ = 0;
}

std::size_t connection::execute(std::string_view sql, std::span<const value> arguments)
{
    const std::unique_ptr<cursor> statement = backend_->prepare(sql, {});
    statement->bind(arguments, lifetime::until_rebound);
    while (statement->step()) {}
    return statement->affected_rows();
}

void connection::reset()
{
    expire_guests();
    backend_->reset();
}

} // namespace steward::adapters::detail
