// SPDX-License-Identifier: BSL-1.0
#include "flat_database.hpp"

#include "../sqlite/driver.hpp"
#include "../sqlite/native.hpp"
#include "../sqlite/shared_memory.hpp"

#include <sqlite3.h>

#include <utility>

#include <unistd.h>

namespace steward::inline v0::adapters::detail {

sqlite_settings sqlite_settings_of(const flat_file_settings& wanted)
{
    return {.connection = ":memory:",
            .busy_timeout = wanted.busy_timeout,
            .read_only = false, // the memory is written when the files are loaded
            .foreign_keys = wanted.foreign_keys,
            .journal = sqlite_journal::unchanged,
            .synchronous = sqlite_synchronous::off,
            .statement_cache = wanted.statement_cache};
}

flat_database::flat_database(const flat_file_settings& wanted)
    : folder_{wanted.directory, wanted.read_only}, format_of_new_{wanted.format}, process_{::getpid()},
      number_{next_shared_memory()}
{
    if (!wanted.read_only)
        file_commit::recover(folder_);
    else if (file_commit::unfinished(folder_))
        throw folder_.error(database_errc::cannot_connect,
                            "a commit was interrupted and is to be completed; open it once without read_only");
    sqlite_settings loading = sqlite_settings_of(wanted);
    loading.foreign_keys = false; // until all tables are there
    keeper_ = std::make_unique<sqlite_driver>(connect(), loading);
    state_ = load_tables(native_handle(keeper_->soci()), folder_, wanted.foreign_keys);
}

flat_database::~flat_database() = default;

std::unique_ptr<soci::session> flat_database::connect() const { return open_shared_memory(number_); }

std::unique_ptr<flat_change> flat_database::stage(sqlite3* connection, const written_tables& written)
{
    if (::getpid() != process_)
        throw folder_.error(database_errc::connection_lost_undone, "it belongs to the parent process");
    if (torn_)
        throw folder_.error(database_errc::input_output,
                            "an earlier commit could not be undone in the files; open the resource again");
    if (unapplied_) {
        unapplied_->files.apply();
        unapplied_.reset();
    }
    auto change = std::make_unique<flat_change>(folder_);
    change->after = save_tables(connection, folder_, format_of_new_, state_, written, change->files);
    return change;
}

void flat_database::require_unchanged(const folder_state& after) const
{
    const auto require = [&](const std::string& name, const std::optional<file_identity>& known) {
        struct stat status{};
        const bool there = folder_.look_up(name, status);
        if (there == known.has_value() && (!there || file_identity::of(status) == *known))
            return;
        throw folder_.error(database_errc::transaction_state,
                            name
                                + " was changed by somebody else since it was loaded; nothing was written, and the "
                                  "transaction was rolled back; close the resource and open it again to load the file");
    };
    const auto identity_in = [](const folder_state& state, const std::string& key) {
        const auto found = state.tables.find(key);
        return found == state.tables.end() ? std::nullopt : std::optional{found->second.identity};
    };
    for (const auto& [key, file] : after.tables)
        if (const auto known = identity_in(state_, key); known != file.identity)
            require(file.name, known);
    for (const auto& [key, file] : state_.tables)
        if (!after.tables.contains(key))
            require(file.name, file.identity);
    if (after.schema_identity != state_.schema_identity)
        require(std::string{schema_file}, state_.schema_identity);
}

void flat_database::publish(flat_change& change) const
{
    if (change.files.empty())
        return;
    require_unchanged(change.after);
    change.files.publish();
}

void flat_database::take_back(flat_change& change)
{
    if (!change.files.published())
        return;
    torn_ = true;
    change.files.take_back();
    torn_ = false;
}

void flat_database::finish(std::unique_ptr<flat_change> change)
{
    if (change->files.empty())
        return;
    state_ = std::move(change->after);
    unapplied_ = std::move(change);
    try {
        unapplied_->files.apply();
        unapplied_.reset();
    } catch (const database_error&) { // NOLINT(bugprone-empty-catch): it has happened; the next one says what is wrong
    }
}

} // namespace steward::inline v0::adapters::detail
