// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/detail/connection.hpp>
#include <steward/adapters/database/error.hpp>

#include <utility>

namespace steward::inline v0::adapters::detail {

std::string driver::quoted(std::string_view identifier) const
{
    std::string result{'"'};
    for (const char c : identifier)
        result.append(c == '"' ? 2 : 1, c);
    return result += '"';
}

std::string driver::for_message(std::string_view sql) const { return std::string{sql}; }

guest::guest(connection& host) noexcept : host_{&host}, resource_{host.resource_}, next_{host.guests_}
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
    database_error error{database_errc::expired, std::string{what}
                                                     + " was used after its session had been given back; "
                                                       "finish with it while the session is held"};
    error.name_resource(resource_);
    throw error;
}

connection::connection(std::unique_ptr<driver> backend, std::string_view resource) noexcept
    : backend_{std::move(backend)}, statements_{backend_->statements_kept()}, resource_{resource}
{
}

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

prepared connection::prepare(std::string_view sql)
{
    return naming_resource([&] {
        statement_cache::entry entry = statements_.take(sql);
        if (entry.empty())
            entry = statements_.add(sql, backend_->prepare(sql));
        return prepared{statements_, std::move(entry)};
    });
}

prepared connection::prepare_anew(std::string_view sql)
{
    return naming_resource([&] {
        backend_->refresh_schema();
        return prepared{statements_, statements_.add(sql, backend_->prepare(sql))};
    });
}

std::size_t connection::execute(std::string_view sql, std::span<const value> arguments)
{
    return naming_resource([&] {
        const prepared statement = prepare(sql);
        statement->bind(arguments, lifetime::until_rebound, {});
        while (statement->step()) {}
        return statement->affected_rows();
    });
}

soci::session& connection::soci()
{
    statements_.keep(false);
    return naming_resource([&]() -> soci::session& { return backend_->soci(); });
}

void connection::reset()
{
    expire_guests();
    statements_.keep(true);
    naming_resource([&] {
        if (!backend_->reset())
            statements_.clear();
    });
}

} // namespace steward::inline v0::adapters::detail
