// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"
#include "support/seed.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace steward::test;

namespace {

class crash : public in_folder {};

/// Moves money between two tables for ever; each commit also grows a third one and replaces one by another.
/// Says a byte when the first one is done.
void work(const steward::adapters::flat_file_settings& settings, int says)
{
    flat_database adapter{settings};
    auto db = adapter.create();
    for (int step = db.query_one<int>("select amount from credit") + 1;; ++step) {
        auto transaction = db.transaction();
        db.execute("update debit set amount = amount - 1");
        db.execute("update credit set amount = amount + 1");
        db.execute("insert into step values (?)", step);
        db.execute("drop table step_" + std::to_string(step - 1));
        db.execute("create table step_" + std::to_string(step) + " (a)");
        transaction.commit();
        if (says >= 0 && ::write(std::exchange(says, -1), "1", 1) != 1)
            return;
    }
}

TEST_F(crash, at_any_time_leaves_one_state_never_a_mixture)
{
    {
        flat_database adapter{settings()};
        auto db = adapter.create();
        auto transaction = db.transaction();
        db.execute("create table debit (amount, padding)");
        db.execute("insert into debit values (1000000, ?)", std::string(50'000, 'x'));
        db.execute("create table credit (amount)");
        db.execute("insert into credit values (0)");
        db.execute("create table step (n)");
        db.execute("create table step_0 (a)");
        transaction.commit();
    }
    std::mt19937_64 random{seed()};
    int steps = 0, interrupted = 0;
    for (int kill = 0; kill != 60; ++kill) {
        std::array<int, 2> pipe{};
        ASSERT_EQ(::pipe(pipe.data()), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::alarm(30);
            try {
                work(settings(), pipe[1]);
            } catch (...) {
                ::_exit(1);
            }
        }
        char byte = 0;
        if (kill % 3 != 0) { // now and then at the very beginning, where it completes what the last one has left
            ASSERT_EQ(::read(pipe[0], &byte, 1), 1);
        }
        std::this_thread::sleep_for(std::chrono::microseconds{random() % 40'000});
        ASSERT_EQ(::kill(child, SIGKILL), 0);
        ::close(pipe[0]);
        ::close(pipe[1]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
        const std::vector<std::string> left = names();
        interrupted += std::ranges::any_of(left, [](const std::string& name) { return name.starts_with('.'); }) ? 1 : 0;

        flat_database adapter{settings()};
        auto db = adapter.create();
        const int credit = db.query_one<int>("select amount from credit");
        EXPECT_EQ(db.query_one<int>("select amount from debit") + credit, 1'000'000) << how_to_repeat();
        EXPECT_EQ(db.query_one<int>("select count(*) from step"), credit);
        EXPECT_EQ(db.query_one<int>("select count(*) from sqlite_master"), 4);
        EXPECT_EQ(db.query_one<int>("select count(*) from step_" + std::to_string(credit)), 0);
        EXPECT_GE(credit, steps);
        steps = credit;
        for (const std::string& name : names())
            EXPECT_FALSE(name.starts_with('.')) << name;
    }
    EXPECT_GT(steps, 0) << "nothing was ever committed: this proves nothing";
    RecordProperty("commits", steps);
    RecordProperty("crashes_in_a_commit", interrupted);
    std::cout << steps << " commits, " << interrupted << " crashes in the middle of one\n";
}

TEST_F(crash, behind_the_record_of_a_commit_is_completed_at_the_next_open)
{
    write("a.csv", "x\n1\n");
    write("b.csv", "x\n1\n");
    write("gone.csv", "x\n1\n");
    write(".a.csv.new", "x\n2\n"); // and b's was renamed before
    write(".steward.commit", "steward flat_file commit 1\nremove gone.csv\nreplace a.csv\nreplace b.csv\n");
    flat_database reader{for_reading()};
    const database_error error = error_of([&] { static_cast<void>(reader.create()); });
    EXPECT_EQ(error.code(), database_errc::cannot_connect);
    EXPECT_TRUE(contains(error.what(), "open it once without read_only")) << error.what();

    flat_database adapter{settings()};
    EXPECT_EQ(adapter.create().query_one<int>("select a.x * 10 + b.x from a, b"), 21);
    EXPECT_EQ(names(), (std::vector<std::string>{"a.csv", "b.csv"}));
}

TEST_F(crash, before_the_record_of_a_commit_leaves_what_was)
{
    write("a.csv", "x\n1\n");
    write(".a.csv.new", "x\n2");
    write("..steward.commit.new", "steward flat_file commit 1\nreplace a.c");
    write(".hidden.new", "somebody else's");
    flat_database adapter{settings()};
    EXPECT_EQ(adapter.create().query_one<int>("select x from a"), 1);
    EXPECT_EQ(names(), (std::vector<std::string>{".hidden.new", "a.csv"}));
}

TEST_F(crash, record_that_leads_out_of_the_folder_is_refused)
{
    for (const char* const line :
         {"replace ../a.csv\n", "remove /etc/passwd.csv\n", "remove a.txt\n", "replace a.csv", "x\n"}) {
        write(".steward.commit", std::string{"steward flat_file commit 1\n"} + line);
        EXPECT_EQ(refusal().code(), database_errc::corrupt) << line;
    }
}

} // namespace
