// SPDX-License-Identifier: BSL-1.0
#include "native.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>

namespace steward::inline v0::adapters::detail {

namespace {

// A text without '=' is a file name as it is; otherwise it is a list of options.
bool needs_options(const std::string& name, bool read_only) { return read_only || name.find('=') != std::string::npos; }

std::expected<std::unique_ptr<soci::session>, int> open(const std::string& options)
{
    try {
        return std::make_unique<soci::session>(soci::sqlite3, options);
    } catch (const soci::sqlite3_soci_error& error) {
        return std::unexpected{error.result()};
    }
}

} // namespace

bool can_be_opened_by_soci(const std::string& name, bool read_only)
{
    return !needs_options(name, read_only) || name.find('"') == std::string::npos;
}

std::expected<std::unique_ptr<soci::session>, int> open_through_soci(const std::string& name, bool read_only)
{
    std::string options = name;
    if (needs_options(name, read_only)) {
        // Absolute, because SOCI cannot read a quoted name that begins with a blank.
        options = "dbname=\"" + std::filesystem::absolute(name).string() + "\"";
        if (read_only)
            options += " readonly=true";
    }
    return open(options);
}

std::expected<std::unique_ptr<soci::session>, int> open_in_memory_through_soci(const std::string& name)
{
    // SQLite's file system in memory shares names that begin with a slash.
    return open("dbname=\"/" + name + "\" vfs=memdb");
}

// SOCI exports no type information for its backends, which the sanitizer's check of a downcast would need to link.
__attribute__((no_sanitize("vptr"))) ::sqlite3* native_handle(soci::session& session) noexcept
{
    auto* const backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
    return backend ? reinterpret_cast<::sqlite3*>(backend->conn_) : nullptr;
}

__attribute__((no_sanitize("vptr"))) ::sqlite3_stmt* native_handle(soci::statement& statement) noexcept
{
    auto* const backend = static_cast<soci::sqlite3_statement_backend*>(statement.get_backend());
    return reinterpret_cast<::sqlite3_stmt*>(backend->stmt_);
}

native_statement::native_statement(soci::session& session, const std::string& sql)
    : statement_{std::make_unique<soci::statement>(session)}
{
    try {
        statement_->alloc();
        statement_->prepare(sql);
    } catch (const soci::soci_error&) {
        return; // SQLite remembers the reason, in more detail
    }
    handle_ = native_handle(*statement_);
}

native_statement::~native_statement() = default;

} // namespace steward::inline v0::adapters::detail
