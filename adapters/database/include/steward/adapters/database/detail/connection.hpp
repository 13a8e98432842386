// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace steward::adapters::detail {

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

private:
    friend class connection;
    /// Called before the connection is reset or closed: let go of everything of it.
    virtual void expire() noexcept = 0;

    connection* host_;
    guest* previous_ = nullptr;
    guest* next_ = nullptr;
};

/// A driver and what lives on it. Not movable: its guests hold its address.
class connection {
public:
    explicit connection(std::unique_ptr<driver> backend) noexcept;
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    [[nodiscard]] driver& backend() noexcept { return *backend_; }

    /// Prepares, binds and runs a statement to its end; rows that it returns are dropped.
    std::size_t execute(std::string_view sql, std::span<const value> arguments);

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
    guest* guests_ = nullptr;
    int transaction_depth_ = 0;
};

} // namespace steward::adapters::detail
