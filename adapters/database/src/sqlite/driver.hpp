// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "fail.hpp"

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/adapters/database/sqlite.hpp>

#include <soci/session.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <sys/types.h>

struct sqlite3;

namespace steward::inline v0::adapters::detail {

/// A connection to SQLite, owned by a SOCI session.
class sqlite_driver : public driver {
public:
    /// Takes over an open SOCI session and configures it; may wait for other sessions up to the busy time-out.
    sqlite_driver(std::unique_ptr<soci::session> opened, const sqlite_settings& wanted);
    ~sqlite_driver() override;

    [[nodiscard]] std::unique_ptr<cursor> prepare(std::string_view sql) override;
    void refresh_schema() override;
    [[nodiscard]] std::size_t statements_kept() const noexcept override { return settings_.statement_cache; }
    [[nodiscard]] bool in_transaction() override;
    [[nodiscard]] std::string_view begin(access purpose) const override;
    [[nodiscard]] bool validate() noexcept override;
    [[nodiscard]] bool reset() override;
    [[nodiscard]] soci::session& soci() override { return *soci_; }

    /// The SOCI session, which must be open: throws connection_lost if the user has closed it.
    [[nodiscard]] soci::session& open_soci();
    /// Throws what SQLite says about the last call on this connection.
    [[noreturn]] void fail(std::string_view statement);
    /// The same for one that could not be prepared.
    [[noreturn]] void fail_to_prepare(std::string_view statement);

protected:
    /// SQLite's handle; throws connection_lost if there is none any more.
    [[nodiscard]] sqlite3* handle();
    void run(const std::string& sql);
    /// Throws if the connection is of no use to anybody any more.
    void require_usable();

private:
    [[nodiscard]] std::string text_of(std::string_view sql);

    void configure();
    void choose_journal();
    void restore_pragmas();
    void drop_temporary_objects();
    void detach_databases();

    std::unique_ptr<soci::session> soci_;
    soci::logger logger_; // as it was at the beginning, without a stream
    sqlite_settings settings_;
    pid_t process_;
    bool suspect_ = false; // an error casts doubt on the connection
    bool pragma_seen_ = false;
};

} // namespace steward::inline v0::adapters::detail
