// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"

#include <atomic>
#include <cerrno>
#include <string>

#include <sys/syscall.h>
#include <unistd.h>

using namespace steward::test;

namespace {

/// The n-th of the calls below, counted from 1, fails; 0: none.
std::atomic<int> calls_until_fault{0};

bool fails_now() { return calls_until_fault > 0 && --calls_until_fault == 0; }

int failed()
{
    errno = EIO;
    return -1;
}

} // namespace

// The library's calls come here, not to the C library: a disk that fails cannot be had otherwise.
extern "C" int fsync(int file) { return fails_now() ? failed() : static_cast<int>(::syscall(SYS_fsync, file)); }

extern "C" int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept
{
    return fails_now() ? failed() : static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, 0));
}

namespace {

class disk_fault : public in_folder {
protected:
    void SetUp() override
    {
        flat_database adapter{settings()};
        auto db = adapter.create();
        auto transaction = db.transaction();
        db.execute("create table debit (amount)");
        db.execute("create table credit (amount)");
        db.execute("insert into debit values (10)");
        db.execute("insert into credit values (0)");
        transaction.commit();
    }
    void TearDown() override { calls_until_fault = 0; }

    static void move_one(steward::adapters::session& db)
    {
        auto transaction = db.transaction();
        db.execute("update debit set amount = amount - 1");
        db.execute("update credit set amount = amount + 1");
        transaction.commit();
    }
    /// What a process that opens the folder now finds moved.
    int moved() const
    {
        flat_database adapter{settings()};
        auto db = adapter.create();
        const int credit = db.query_one<int>("select amount from credit");
        EXPECT_EQ(db.query_one<int>("select amount from debit"), 10 - credit) << "a half of a commit";
        return credit;
    }
};

TEST_F(disk_fault, at_any_call_of_a_commit_leaves_all_of_it_or_nothing_as_the_error_says)
{
    int faults = 0, committed = 0;
    for (bool met = true; met; ++faults) {
        bool reported = true;
        {
            flat_database adapter{settings()};
            auto db = adapter.create();
            calls_until_fault = faults + 1;
            try {
                move_one(db);
            } catch (const database_error& error) {
                reported = false;
                EXPECT_TRUE(contains(error.what(), directory.path().string())) << error.what();
            }
            met = calls_until_fault == 0;
            calls_until_fault = 0;
        }
        committed += reported;
        EXPECT_EQ(moved(), committed) << "the fault was at call " << faults + 1;
    }
    EXPECT_GT(faults, 6) << "two files, their folder, the record and its renaming at the least";
}

TEST_F(disk_fault, in_a_commit_leaves_a_session_that_commits_the_next_time)
{
    {
        flat_database adapter{settings()};
        auto db = adapter.create();
        calls_until_fault = 1;
        EXPECT_THROW(move_one(db), database_error);
        calls_until_fault = 0;
        move_one(db);
    }
    EXPECT_EQ(moved(), 1);
}

} // namespace
