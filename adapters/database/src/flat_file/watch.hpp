// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "tables.hpp"

#include <steward/adapters/database/error.hpp>

#include <optional>
#include <string>
#include <string_view>

struct sqlite3;

namespace steward::inline v0::adapters::detail {

/// What a statement does, as SQLite tells while it prepares it.
struct statement_effects {
    enum class control { none, begin, commit, rollback, savepoint, release, rollback_to };

    control ends = control::none;
    std::string savepoint; ///< of savepoint, release and rollback_to
    written_tables writes; ///< also through triggers and foreign keys
    bool changes_schema = false;
};

/// Watches what is prepared on a connection: notes what it does, and refuses what could not be kept in files.
class statement_watch {
public:
    explicit statement_watch(bool read_only) noexcept : read_only_{read_only} {}

    void attach(sqlite3* connection);

    /// While it lives, effects of what is prepared are noted there.
    class observation {
    public:
        observation(statement_watch& watch, statement_effects& effects) noexcept : watch_{watch}
        {
            watch.effects_ = &effects;
            watch.refusal_.clear(); // of a statement that went past the session
        }
        observation(const observation&) = delete;
        observation& operator=(const observation&) = delete;
        ~observation() { watch_.effects_ = nullptr; }

    private:
        statement_watch& watch_;
    };
    /// While set, pragmas are our own.
    void trust(bool trusted) noexcept { trusted_ = trusted; }
    /// Why something was just refused; forgets it.
    [[nodiscard]] std::optional<database_error> take_refusal(std::string_view statement);

private:
    static int authorize(void* self, int action, const char* first, const char* second, const char* schema,
                         const char* trigger) noexcept;
    int look(int action, std::string_view first, std::string_view second, std::string_view schema);
    int refuse(database_errc code, std::string_view reason);
    int note_write(std::string_view table, std::string_view schema, bool of_schema);
    int look_at_pragma(std::string_view name, std::string_view argument);

    bool read_only_;
    bool trusted_ = false;
    statement_effects* effects_ = nullptr; ///< null for nobody's
    database_errc refusal_code_ = database_errc::other;
    std::string refusal_;
};

} // namespace steward::inline v0::adapters::detail
