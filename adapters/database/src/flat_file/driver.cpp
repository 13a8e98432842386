// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"

#include "../sqlite/cursor.hpp"
#include "../sqlite/native.hpp"
#include "cursor.hpp"
#include "value_text.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

#if SQLITE_VERSION_NUMBER >= 3037000
long long total_changes(sqlite3* connection) noexcept { return sqlite3_total_changes64(connection); }
#else
long long total_changes(sqlite3* connection) noexcept { return sqlite3_total_changes(connection); }
#endif

bool writes_main(sqlite3* connection) noexcept { return sqlite3_txn_state(connection, "main") == SQLITE_TXN_WRITE; }

} // namespace

flat_file_driver::flat_file_driver(std::shared_ptr<flat_database> shared, const flat_file_settings& wanted)
    : sqlite_driver{shared->connect(), sqlite_settings_of(wanted)}, shared_{std::move(shared)},
      read_only_{wanted.read_only}, watch_{wanted.read_only}
{
    sqlite3* const connection = handle();
    watch_.attach(connection);
    sqlite3_commit_hook(connection, [](void* self) { return static_cast<flat_file_driver*>(self)->on_commit(); }, this);
    sqlite3_rollback_hook(connection, [](void* self) { static_cast<flat_file_driver*>(self)->forget_writes(); }, this);
}

flat_file_driver::~flat_file_driver()
{
    // Closing rolls back, which must not call what is half destroyed.
    if (sqlite3* const open = native_handle(sqlite_driver::soci())) {
        sqlite3_commit_hook(open, nullptr, nullptr);
        sqlite3_rollback_hook(open, nullptr, nullptr);
        sqlite3_set_authorizer(open, nullptr, nullptr);
    }
}

std::unique_ptr<cursor> flat_file_driver::prepare(std::string_view sql)
{
    statement_effects effects;
    std::unique_ptr<cursor> prepared;
    try {
        const statement_watch::observation noting{watch_, effects};
        prepared = sqlite_driver::prepare(sql);
    } catch (const database_error&) {
        if (const auto refusal = watch_.take_refusal(sql))
            throw *refusal;
        throw;
    }
    return std::make_unique<flat_file_cursor>(*this, std::move(prepared), std::move(effects));
}

std::string_view flat_file_driver::begin(access purpose) const
{
    return purpose == access::read_write && !read_only_ ? "begin immediate" : "begin";
}

soci::session& flat_file_driver::soci()
{
    soci_lent_ = true;
    return sqlite_driver::soci();
}

bool flat_file_driver::reset()
{
    watch_.trust(true); // it puts pragmas back
    const bool statements_survive = [&] {
        try {
            return sqlite_driver::reset();
        } catch (...) {
            watch_.trust(false);
            throw;
        }
    }();
    watch_.trust(false);
    soci_lent_ = false;
    forget_writes();
    savepoints_.clear();
    return statements_survive;
}

bool flat_file_driver::step(sqlite_cursor& statement, statement_effects& effects)
{
    sqlite3* const connection = handle();
    const long long before = total_changes(connection);
    const auto note = [&] {
        if (effects.changes_schema || total_changes(connection) != before)
            written_.names.insert(effects.writes.names.begin(), effects.writes.names.end());
    };
    vetoed_ = false;
    try {
        // SQLite prepares it again if the schema has changed meanwhile.
        const statement_watch::observation noting{watch_, effects};
        const bool row = statement.step();
        note();
        return row;
    } catch (const database_error&) {
        note();
        if (const auto refusal = watch_.take_refusal({}))
            throw *refusal;
        if (std::exchange(vetoed_, false))
            throw database_error{database_errc::transaction_state,
                                 "a statement that is known to read only has written, and was rolled back (flat_file)"};
        throw;
    }
}

void flat_file_driver::control(sqlite_cursor& statement, statement_effects& effects)
{
    using enum statement_effects::control;
    const bool was_in_transaction = in_transaction();
    if (!was_in_transaction)
        savepoints_.clear();
    if (effects.ends == commit || (effects.ends == release && ends_transaction(effects)))
        commit_or_roll_back([&] { step(statement, effects); });
    else
        step(statement, effects);
    note_savepoint(effects, was_in_transaction);
}

bool flat_file_driver::ends_transaction(const statement_effects& release) const
{
    // It ends the last one of its name and all behind; the first one, if that began the transaction, commits.
    const std::string name = folded(release.savepoint);
    const auto last = std::find(savepoints_.rbegin(), savepoints_.rend(), name);
    return savepoint_began_ && last != savepoints_.rend() && std::next(last) == savepoints_.rend();
}

void flat_file_driver::note_savepoint(const statement_effects& done, bool was_in_transaction)
{
    using enum statement_effects::control;
    if (done.ends == savepoint) {
        savepoint_began_ = savepoints_.empty() ? !was_in_transaction : savepoint_began_;
        savepoints_.push_back(folded(done.savepoint));
    } else if (!in_transaction())
        savepoints_.clear();
    else if (done.ends == release || done.ends == rollback_to) {
        const auto last = std::find(savepoints_.rbegin(), savepoints_.rend(), folded(done.savepoint));
        if (last != savepoints_.rend())
            savepoints_.erase(last.base() - (done.ends == release ? 1 : 0), savepoints_.end());
    }
}

void flat_file_driver::commit_by(const std::function<void()>& statement)
{
    if (!writes_main(handle())) {
        statement();
        return;
    }
    const std::unique_lock turn = shared_->turn();
    refused_ = true;
    failure_ = nullptr;
    written_.all = soci_lent_ && !read_only_;
    std::unique_ptr<flat_change> change = shared_->stage(handle(), written_);
    refused_ = false;
    staged_ = change.get();
    try {
        statement();
        staged_ = nullptr;
    } catch (...) {
        staged_ = nullptr;
        shared_->take_back(*change);
        if (const std::exception_ptr cause = std::exchange(failure_, nullptr))
            std::rethrow_exception(cause);
        throw;
    }
    shared_->finish(std::move(change));
    forget_writes();
}

void flat_file_driver::commit_or_roll_back(const std::function<void()>& statement)
{
    refused_ = false;
    try {
        commit_by(statement);
    } catch (...) {
        // What SQLite refuses leaves the transaction open, as always; what cannot be written ends it.
        if (std::exchange(refused_, false) && in_transaction())
            run("rollback");
        throw;
    }
}

void flat_file_driver::undo_own_transaction() noexcept
{
    if (!in_transaction())
        return;
    // Not a plain rollback, which would end open results of this session as well. What is left to commit is nothing.
    flat_change nothing{shared_->where()};
    staged_ = &nothing;
    try {
        run("rollback to steward_own");
        run("release steward_own");
    } catch (...) {
        static_cast<void>(sqlite3_exec(handle(), "rollback", nullptr, nullptr, nullptr));
    }
    staged_ = nullptr;
    forget_writes();
}

int flat_file_driver::on_commit() noexcept
{
    if (!staged_) {
        vetoed_ = writes_main(handle());
        return vetoed_ ? 1 : 0;
    }
    try {
        shared_->publish(*staged_);
        return 0;
    } catch (...) {
        failure_ = std::current_exception();
        return 1;
    }
}

void flat_file_driver::forget_writes() noexcept
{
    written_.names.clear();
    written_.all = false;
}

} // namespace steward::inline v0::adapters::detail
