// SPDX-License-Identifier: BSL-1.0
#include "watch.hpp"

#include "value_text.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

std::string_view view(const char* text) noexcept { return text ? std::string_view{text} : std::string_view{}; }

/// Those that, with an argument, would let SQLite and the files disagree, or take the rollback away.
bool writes_around_the_files(std::string_view pragma)
{
    static constexpr std::array<std::string_view, 7> refused{
        "encoding",       "ignore_check_constraints", "journal_mode", "locking_mode", "reverse_unordered_selects",
        "schema_version", "writable_schema"};
    return std::ranges::find(refused, folded(pragma)) != refused.end();
}

} // namespace

void statement_watch::attach(sqlite3* connection) { sqlite3_set_authorizer(connection, &authorize, this); }

std::optional<database_error> statement_watch::take_refusal(std::string_view statement)
{
    if (refusal_.empty())
        return std::nullopt;
    return database_error{refusal_code_, std::exchange(refusal_, {}), statement, SQLITE_AUTH};
}

int statement_watch::authorize(void* self, int action, const char* first, const char* second, const char* schema,
                               const char*) noexcept
{
    try {
        return static_cast<statement_watch*>(self)->look(action, view(first), view(second), view(schema));
    } catch (...) {
        return SQLITE_DENY; // no memory to note it in
    }
}

int statement_watch::refuse(database_errc code, std::string_view reason)
{
    refusal_code_ = code;
    refusal_ = reason;
    return SQLITE_DENY;
}

int statement_watch::note_write(std::string_view table, std::string_view schema, bool of_schema)
{
    // SQLite's table of the schema: what changes it has a code of its own, and looking at it may have the same as writing.
    if (schema != "main" || table == "sqlite_master")
        return SQLITE_OK;
    if (read_only_ && !trusted_)
        return refuse(database_errc::read_only, "the folder was opened read_only");
    if (effects_) {
        effects_->changes_schema = effects_->changes_schema || of_schema;
        effects_->writes.names.insert(folded(table));
    }
    return SQLITE_OK;
}

int statement_watch::look_at_pragma(std::string_view name, std::string_view argument)
{
    if (trusted_ || argument.empty())
        return SQLITE_OK;
    if (writes_around_the_files(name))
        return refuse(database_errc::invalid_statement,
                      "this pragma cannot be changed, as the tables are kept in files (flat_file)");
    const std::string folded_name = folded(name);
    if (read_only_ && (folded_name == "user_version" || folded_name == "application_id"))
        return refuse(database_errc::read_only, "the folder was opened read_only");
    return SQLITE_OK;
}

int statement_watch::look(int action, std::string_view first, std::string_view second, std::string_view schema)
{
    using enum statement_effects::control;
    const auto control = [&](statement_effects::control what, std::string_view savepoint) {
        if (effects_) {
            effects_->ends = what;
            effects_->savepoint = savepoint;
        }
        return SQLITE_OK;
    };
    switch (action) {
    case SQLITE_TRANSACTION: return control(first == "BEGIN" ? begin : first == "COMMIT" ? commit : rollback, {});
    case SQLITE_SAVEPOINT:
        return control(first == "BEGIN" ? savepoint : first == "RELEASE" ? release : rollback_to, second);
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE: return note_write(first, schema, false);
    case SQLITE_CREATE_TABLE:
        if (const std::string_view reason = refused_as_file(first); schema == "main" && !reason.empty())
            return refuse(database_errc::wrong_arguments,
                          "expected a table's name that can be a file's: " + std::string{reason});
        return note_write(first, schema, true);
    case SQLITE_ALTER_TABLE: return note_write(second, first, true); // it has them in this order
    case SQLITE_DROP_TABLE: return note_write(first, schema, true);
    case SQLITE_CREATE_INDEX:
    case SQLITE_CREATE_TRIGGER:
    case SQLITE_CREATE_VIEW:
    case SQLITE_DROP_INDEX:
    case SQLITE_DROP_TRIGGER:
    case SQLITE_DROP_VIEW: return note_write({}, schema, true);
    case SQLITE_CREATE_VTABLE:
        return schema == "main" ? refuse(database_errc::invalid_statement,
                                         "virtual tables cannot be kept in files (flat_file); make one in temp")
                                : SQLITE_OK;
    case SQLITE_ATTACH:
        return refuse(database_errc::invalid_statement,
                      "other databases cannot be attached, nor this one be vacuumed, as its tables are kept in files "
                      "(flat_file)");
    case SQLITE_PRAGMA: return look_at_pragma(first, second);
    default: return SQLITE_OK;
    }
}

} // namespace steward::inline v0::adapters::detail
