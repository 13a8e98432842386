// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/statement_cache.hpp>
#include <steward/adapters/database/error.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace steward::inline v0::adapters::detail {

class connection;

/// Something that lives on a connection: an open result, a transaction. When the session goes back to its pool, or is
/// destroyed, all of its guests expire; from then on they never touch the connection again, which may serve others.
class guest {
public:
    guest(const guest&) = delete;
    guest& operator=(const guest&) = delete;

protected:
    explicit guest(connection& host) noexcept;
    ~guest();

    /// The connection, or null once the session was given back.
    [[nodiscard]] connection* host() const noexcept { return host_; }
    /// The connection; throws database_errc::expired, naming `what`, once the session was given back.
    [[nodiscard]] connection& host_or_throw(std::string_view what) const;
    /// The resource's name, also afterwards.
    [[nodiscard]] std::string_view resource() const noexcept { return resource_; }

private:
    friend class connection;
    /// Called before the connection is reset or closed: let go of everything of it.
    virtual void expire() noexcept = 0;

    connection* host_;
    std::string_view resource_;
    guest* previous_ = nullptr;
    guest* next_ = nullptr;
};

/// A driver and what lives on it. Not movable: its guests hold its address.
class connection {
public:
    /// `resource` is the name for errors, empty if there is none; it outlives the connection.
    connection(std::unique_ptr<driver> backend, std::string_view resource) noexcept;
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    [[nodiscard]] driver& backend() noexcept { return *backend_; }

    /// A statement that is ready to be bound: from the cache, or prepared now.
    [[nodiscard]] prepared prepare(std::string_view sql);
    /// The same, prepared now in any case.
    [[nodiscard]] prepared prepare_anew(std::string_view sql);
    /// Prepares, binds and runs a statement to its end; rows that it returns are dropped.
    std::size_t execute(std::string_view sql, std::span<const value> arguments);

    /// Does something in whose errors the resource shall be named.
    template <class F>
    decltype(auto) naming_resource(F&& something) const
    {
        try {
            return static_cast<F&&>(something)();
        } catch (database_error& error) {
            error.name_resource(resource_);
            throw;
        }
    }

    /// SOCI's session. Until the next reset no statement is kept prepared, since the user may close the session there.
    [[nodiscard]] soci::session& soci();

    /// How many transaction objects are open, one inside the other.
    [[nodiscard]] int transaction_depth() const noexcept { return transaction_depth_; }
    void transaction_depth(int depth) noexcept { transaction_depth_ = depth; }

    [[nodiscard]] bool validate() noexcept { return backend_->validate(); }
    /// Lets all guests expire, then resets the backend.
    void reset();

private:
    friend class guest;
    void expire_guests() noexcept;

    std::unique_ptr<driver> backend_;
    statement_cache statements_; // closed before the driver is
    std::string_view resource_;
    guest* guests_ = nullptr;
    int transaction_depth_ = 0;
};

} // namespace steward::inline v0::adapters::detail
