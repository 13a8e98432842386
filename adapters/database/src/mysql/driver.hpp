// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fail.hpp"

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/mysql.hpp>

#include <soci/session.h>

#include <mysql.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <sys/types.h>

namespace steward::inline v0::adapters::detail {

class mysql_cursor;

/// A connection to MySQL or MariaDB, owned by a SOCI session.
///
/// At most one result is on the wire: that of the cursor which holds it. Whoever needs the wire calls `ready_to_send`.
class mysql_driver final : public driver {
public:
    /// Takes over an open SOCI session and configures it.
    mysql_driver(std::unique_ptr<soci::session> opened, const mysql_settings& wanted);
    ~mysql_driver() override;

    [[nodiscard]] std::unique_ptr<cursor> prepare(std::string_view sql) override;
    [[nodiscard]] std::size_t statements_kept() const noexcept override { return settings_.statement_cache; }
    [[nodiscard]] std::unique_ptr<bulk_writer> insert(std::string_view table, std::span<const std::string_view> columns,
                                                      std::size_t width) override;
    [[nodiscard]] bool in_transaction() override;
    [[nodiscard]] std::string_view begin(access purpose) const override;
    [[nodiscard]] std::string quoted(std::string_view identifier) const override;
    [[nodiscard]] std::string for_message(std::string_view sql) const override { return masked_mysql_statement(sql); }
    [[nodiscard]] bool validate() noexcept override;
    [[nodiscard]] bool reset() override;
    [[nodiscard]] soci::session& soci() override;

    /// The connection, with nobody's result on the wire and a server that has not hung up; throws otherwise
    /// (connection_lost_undone: nothing was sent).
    [[nodiscard]] MYSQL* ready_to_send();
    /// How large a packet the server takes; one round trip, once.
    [[nodiscard]] std::size_t max_packet();
    /// The cursor whose result is on the wire; null for none.
    void wire_holder(mysql_cursor* holder) noexcept { wire_holder_ = holder; }
    [[nodiscard]] bool holds_wire(const mysql_cursor& one) const noexcept { return wire_holder_ == &one; }
    /// Lets whoever holds the wire read the rest of its result into memory.
    void clear_wire() noexcept;
    /// Whether this is another process than the one that opened the connection: nothing must be said on it here, not even
    /// a goodbye, and nothing be read.
    [[nodiscard]] bool abandoned() const noexcept;
    /// Throws if it is.
    void require_own_process() const;
    /// A statement has succeeded, and brought the present status of the transaction along.
    void status_is_new() noexcept { status_is_old_ = false; }

    /// What was being done when something failed.
    enum class phase { preparing, running };
    /// Throws what that failure means.
    [[noreturn]] void fail(const mysql_failure& failure, std::string_view sql, phase during);
    /// Runs a statement without a prepared one; rows that it returns are dropped. How many rows it has changed.
    std::size_t run(std::string_view sql);

private:
    /// The same for what no holder has asked for: a server that is silent for as long as it may be when it is connected
    /// loses the connection.
    void run_with_limit(std::string_view sql);
    std::size_t read_results(MYSQL* connection, std::string_view sql);
    /// Throws if the connection is of no use any more.
    [[nodiscard]] MYSQL* handle();
    void configure();

    std::unique_ptr<soci::session> soci_;
    soci::logger logger_; // as it was at the beginning, without a stream
    mysql_settings settings_;
    pid_t process_;
    unsigned long connection_number_; // the server's
    mysql_cursor* wire_holder_ = nullptr;
    std::size_t max_packet_ = 0;
    bool broken_ = false;
    bool status_is_old_ = false; // an error does not say whether the transaction is still open
};

} // namespace steward::inline v0::adapters::detail
