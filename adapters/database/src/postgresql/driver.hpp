// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "native.hpp"
#include "wire.hpp"

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/postgresql.hpp>

#include <soci/session.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail::pg {

class pg_cursor;
struct translated;

/// A connection to PostgreSQL, owned by a SOCI session.
class pg_driver final : public driver {
public:
    /// Takes over an open SOCI session.
    pg_driver(std::unique_ptr<soci::session> opened, const postgresql_settings& wanted);
    ~pg_driver() override;

    [[nodiscard]] std::unique_ptr<cursor> prepare(std::string_view sql) override;
    [[nodiscard]] std::size_t statements_kept() const noexcept override { return statements_kept_; }
    [[nodiscard]] std::unique_ptr<bulk_writer> insert(std::string_view table, std::span<const std::string_view> columns,
                                                      std::size_t width) override;
    [[nodiscard]] bool in_transaction() override;
    [[nodiscard]] std::string_view begin(access purpose) const override;
    [[nodiscard]] bool validate() noexcept override;
    [[nodiscard]] bool reset() override;
    [[nodiscard]] soci::session& soci() override;

    /// The wire, free for another statement.
    [[nodiscard]] wire& free_wire();
    /// The wire as it is.
    [[nodiscard]] wire& line() noexcept { return wire_; }
    /// Who reads from the wire row by row; null for nobody.
    void streams(pg_cursor* who) noexcept { streaming_ = who; }

    /// Prepares a statement at the server under a name of its own; its parameters and columns.
    [[nodiscard]] result_ptr prepare_at_server(const translated& statement, std::string& name);
    /// Closes a statement at the server, not now but together with the next one that is prepared.
    void close_later(std::string name, std::uint64_t generation) noexcept;
    /// Changes when the server has dropped all that was prepared.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
    void all_prepared_is_gone() noexcept;

    /// Runs a statement without parameters, and drops what it returns; throws what the server refuses.
    void run(const char* sql, loss meaning);
    /// The result of what was sent; throws what the server refuses.
    [[nodiscard]] result_ptr result_of(std::string_view statement);

private:
    [[nodiscard]] result_ptr prepare_and_describe(const translated& statement, const std::string& name);
    void close_stale(PGconn* connection);
    [[nodiscard]] bool may_close_stale(PGconn* connection) const noexcept;

    std::unique_ptr<soci::session> soci_;
    soci::logger logger_; // as it was at the beginning, without a stream
    wire wire_;
    std::chrono::milliseconds patience_; // with a server that is idle
    postgresql_return on_return_;
    std::size_t statements_kept_;
    pg_cursor* streaming_ = nullptr;
    std::vector<std::string> stale_; // names of statements to be closed
    std::uint64_t generation_ = 0;
    std::uint64_t names_ = 0;
};

} // namespace steward::inline v0::adapters::detail::pg
