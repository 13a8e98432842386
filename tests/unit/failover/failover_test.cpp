// SPDX-License-Identifier: BSL-1.0
//
// Eight threads work through a pool of four sessions while the server's backends are killed one by one, and while the
// server is stopped hard and started again.
#include "support/mariadb_server.hpp"
#include "support/postgresql_server.hpp"

#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// SOCI 4.0.3 forgets a connection that breaks between its beginning and SOCI's own first statement.
extern "C" const char* __lsan_default_suppressions(); // NOLINT(bugprone-reserved-identifier): its name for that
extern "C" const char* __lsan_default_suppressions()  // NOLINT(bugprone-reserved-identifier)
{
    return "leak:libsoci_postgresql.so";
}

namespace {

using namespace steward::test;
using namespace std::chrono_literals;
using namespace steward::literals;
using steward::adapters::database_errc;
using steward::adapters::database_error;

constexpr int most_sessions = 4, workers = 8;

template <class Backend>
using orders =
    steward::resource<"orders", steward::adapters::database<Backend>, steward::pooling::bounded<0, most_sessions>,
                      steward::health::all<steward::health::circuit_breaker<5, 500_ms>, steward::health::on_borrow<>>,
                      steward::metrics::counters, steward::ownership::tracked>;

struct postgresql {
    using backend = steward::adapters::postgresql;
    using server = postgresql_server;

    static steward::adapters::postgresql_settings settings(const server& running)
    {
        return settings_of<steward::adapters::postgresql_settings>(running);
    }
    static constexpr const char* others = "select pid from pg_stat_activity where backend_type = 'client backend' "
                                          "and pid <> pg_backend_pid()";
    static void kill(steward::adapters::session& admin, std::int64_t id)
    {
        admin.execute("select pg_terminate_backend(?)", id);
    }
};

struct mariadb {
    using backend = steward::adapters::mysql;
    using server = mariadb_server;

    static steward::adapters::mysql_settings settings(const server& running)
    {
        return settings_of<steward::adapters::mysql_settings>(running);
    }
    // A killed one is listed until its thread has ended, some time after its connection was closed.
    static constexpr const char* others = "select id from information_schema.processlist where user = 'steward' "
                                          "and command <> 'Killed' and id <> connection_id()";
    static void kill(steward::adapters::session& admin, std::int64_t id)
    {
        try {
            admin.execute("kill " + std::to_string(id));
        } catch (const database_error&) { // it has just gone by itself
        }
    }
};

/// What the workers know of their rows.
struct ledger {
    std::set<std::int64_t> committed, undone, unknown;
    std::set<std::string> wrong; ///< whatever should not have happened
    std::atomic<int> commits{0};

    void note(std::set<std::int64_t>& kind, std::int64_t id)
    {
        const std::lock_guard lock{mutex_};
        kind.insert(id);
    }
    void complain(std::string what)
    {
        const std::lock_guard lock{mutex_};
        wrong.insert(std::move(what));
    }

private:
    std::mutex mutex_;
};

bool names_the_resource(std::string_view text) { return text.find("orders") != text.npos; }

template <class Manager>
void insert_one(Manager& manager, std::int64_t id, ledger& all)
{
    bool commits = false;
    try {
        auto db = manager.template acquire<"orders">(1s);
        if (db->template query_one<std::int64_t>("select ? + 1", id) != id + 1)
            all.complain("a wrong answer");
        auto transaction = db->transaction();
        db->execute("insert into orders values (?, ?)", id, "row " + std::to_string(id));
        commits = true;
        transaction.commit();
        all.note(all.committed, id);
        ++all.commits;
    } catch (const database_error& error) {
        if (!names_the_resource(error.what()))
            all.complain(error.what());
        if (std::string_view{error.what()}.find("Pa$$") != std::string_view::npos)
            all.complain("the password");
        if (error.retriable() || !commits)
            all.note(all.undone, id);
        else if (error.code() == database_errc::connection_lost)
            all.note(all.unknown, id);
        else
            all.complain(error.what());
    } catch (const steward::resource_error& error) {
        if (!names_the_resource(error.what()))
            all.complain(error.what());
        all.note(all.undone, id);
    }
}

template <class Server>
class failover : public testing::Test {
protected:
    using adapter_type = steward::adapters::database<typename Server::backend>;
    using resource = orders<typename Server::backend>;

    void SetUp() override
    {
        if (Server::server::program().empty())
            GTEST_SKIP() << "the server is not installed";
        server_ = std::make_unique<typename Server::server>();
        adapter_type adapter{Server::settings(*server_)};
        adapter.create().execute("create table orders (id bigint primary key, text varchar(40) not null)");
        manager_ = std::make_unique<steward::manager<resource>>(resource::with(Server::settings(*server_)));
    }

    /// Lets the workers work while `disturb` does its worst.
    void work_during(const std::function<void(ledger&)>& disturb)
    {
        std::vector<std::jthread> threads;
        for (int worker = 0; worker != workers; ++worker)
            threads.emplace_back([this, worker](const std::stop_token& stop) {
                for (std::int64_t id = worker; !stop.stop_requested(); id += workers)
                    insert_one(*manager_, id, ledger_);
            });
        disturb(ledger_);
    }

    /// What is in the table against what the workers know.
    void expect_nothing_lost_or_doubled()
    {
        EXPECT_EQ(ledger_.wrong, std::set<std::string>{});
        adapter_type adapter{Server::settings(*server_)};
        auto db = adapter.create();
        std::set<std::int64_t> stored;
        for (const auto id : db.template query<std::int64_t>("select id from orders"))
            stored.insert(id);
        EXPECT_TRUE(std::ranges::includes(stored, ledger_.committed)) << "a committed row is lost";
        for (const std::int64_t id : ledger_.undone)
            EXPECT_FALSE(stored.contains(id)) << "row " << id << " is there although nothing should have happened";
        for (const std::int64_t id : stored)
            EXPECT_TRUE(ledger_.committed.contains(id) || ledger_.unknown.contains(id)) << id;
        RecordProperty("committed", static_cast<int>(ledger_.committed.size()));
        RecordProperty("undone", static_cast<int>(ledger_.undone.size()));
        RecordProperty("unknown", static_cast<int>(ledger_.unknown.size()));
    }

    std::unique_ptr<typename Server::server> server_;
    std::unique_ptr<steward::manager<resource>> manager_;
    ledger ledger_;
};

using servers = testing::Types<postgresql, mariadb>;
TYPED_TEST_SUITE(failover, servers);

TYPED_TEST(failover, backends_that_are_killed_one_by_one_lose_nothing)
{
    std::size_t most = 0;
    int killed = 0;
    this->work_during([&](ledger& all) {
        typename TestFixture::adapter_type adapter{TypeParam::settings(*this->server_)};
        auto admin = adapter.create();
        const auto begin = std::chrono::steady_clock::now();
        while (killed < 30 && std::chrono::steady_clock::now() - begin < 30s) {
            std::set<std::int64_t> before_that;
            for (int look = 0; look != 20; ++look) {
                std::vector<std::int64_t> sessions;
                for (const auto id : admin.template query<std::int64_t>(TypeParam::others))
                    sessions.push_back(id);
                // Twice: a server closes a connection some microseconds before it is off its list.
                most = std::max(most, static_cast<std::size_t>(std::ranges::count_if(
                                          sessions, [&](std::int64_t id) { return before_that.contains(id); })));
                before_that = {sessions.begin(), sessions.end()};
                if (look == 19 && !sessions.empty()) {
                    TypeParam::kill(admin, sessions[static_cast<std::size_t>(killed) % sessions.size()]);
                    ++killed;
                }
            }
            const int before = all.commits;
            while (all.commits < before + workers && std::chrono::steady_clock::now() - begin < 30s)
                std::this_thread::yield();
        }
    });
    EXPECT_EQ(killed, 30);
    EXPECT_LE(most, std::size_t{most_sessions}) << "the server counts more than the pool's size";
    this->expect_nothing_lost_or_doubled();
    EXPECT_GT(this->ledger_.committed.size(), 200u);
}

TYPED_TEST(failover, a_server_that_is_stopped_hard_and_started_again_loses_nothing)
{
    this->work_during([&](ledger& all) {
        for (int round = 0; round != 3; ++round) {
            const int before = all.commits;
            while (all.commits < before + 100)
                std::this_thread::yield();
            this->server_->stop_hard();
            std::this_thread::sleep_for(100ms);
            this->server_->start_again();
            const auto back = std::chrono::steady_clock::now();
            const int at_return = all.commits;
            while (all.commits == at_return && std::chrono::steady_clock::now() - back < 20s)
                std::this_thread::sleep_for(1ms);
            EXPECT_NE(all.commits, at_return) << "the pool does not serve again";
            const auto waited = std::chrono::steady_clock::now() - back;
            this->RecordProperty("served_again_after_ms_" + std::to_string(round),
                                 std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(waited).count()));
        }
    });
    this->expect_nothing_lost_or_doubled();
}

} // namespace
