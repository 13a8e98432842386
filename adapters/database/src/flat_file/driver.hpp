// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../sqlite/driver.hpp"
#include "flat_database.hpp"
#include "watch.hpp"

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

class sqlite_cursor;

/// A connection to a folder's tables, which sees to it that a transaction is committed in memory and in the files or in
/// neither.
///
/// SQLite calls it back in the middle of each commit, when the lock that keeps readers out has been taken: a commit that did
/// not come through `commit`, so whose files were not staged, is refused there.
class flat_file_driver final : public sqlite_driver {
public:
    flat_file_driver(std::shared_ptr<flat_database> shared, const flat_file_settings& wanted);
    ~flat_file_driver() override;

    [[nodiscard]] std::unique_ptr<cursor> prepare(std::string_view sql) override;
    [[nodiscard]] std::string_view begin(access purpose) const override;
    [[nodiscard]] bool reset() override;
    [[nodiscard]] soci::session& soci() override;

    /// Runs one step of a statement with those effects, as it is: inside a transaction, or one that only reads.
    bool step(sqlite_cursor& statement, statement_effects& effects);
    /// Runs a statement that begins or ends a transaction or a savepoint, through `commit` if that commits.
    void control(sqlite_cursor& statement, statement_effects& effects);
    /// Runs `work` in a transaction of its own and commits; undoes it if either fails.
    template <class Work>
    void in_own_transaction(Work&& work)
    {
        run("savepoint steward_own");
        try {
            work();
            commit_by([&] { run("release steward_own"); });
        } catch (...) {
            undo_own_transaction();
            throw;
        }
    }

private:
    /// Runs what commits.
    void commit_by(const std::function<void()>& statement);
    /// Rolls back if the files refuse.
    void commit_or_roll_back(const std::function<void()>& statement);
    void undo_own_transaction() noexcept;
    [[nodiscard]] bool ends_transaction(const statement_effects& release) const;
    void note_savepoint(const statement_effects& done, bool was_in_transaction);

    /// 0 lets SQLite go on.
    int on_commit() noexcept;
    void forget_writes() noexcept;

    std::shared_ptr<flat_database> shared_;
    bool read_only_;
    statement_watch watch_;
    written_tables written_; ///< by the transaction that is open
    bool soci_lent_ = false; ///< statements may have been run that we know nothing of
    std::vector<std::string> savepoints_;
    bool savepoint_began_ = false; ///< the first of them began the transaction
    flat_change* staged_ = nullptr;
    std::exception_ptr failure_; ///< of publishing
    bool vetoed_ = false;        ///< a commit whose files were not staged
    bool refused_ = false;       ///< the last commit, before SQLite saw it
};

} // namespace steward::inline v0::adapters::detail
