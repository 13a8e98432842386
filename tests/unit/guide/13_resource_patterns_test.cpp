// SPDX-License-Identifier: BSL-1.0
//
// "Resource Patterns": "Resource Manager as Context Manager", "Shared Resource Manager" and "Resource with FSM".
#include <steward/adapters/database.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

using namespace steward::literals;

namespace guide::resource_patterns {

using adapter = steward::adapters::database<steward::adapters::memory>;
using database = steward::resource<"database", adapter, steward::ownership::tracked>;

/// Counts the sessions that are open.
struct counted {
    using settings = int*;
    using resource_type = int;
    explicit counted(int* open) : open_{open} {}
    int create() { return ++*open_; }
    void destroy(int&) { --*open_; }

private:
    int* open_;
};
using db = steward::resource<"db", counted>;

TEST(guide_resource_manager_as_context_manager, cleans_up_all_resources)
{
    int open = 0;
    {
        steward::manager<db> manager{db::with(&open)};
        {
            auto owner = manager.owner("owner", 1);
            owner.acquire<"db">();
        }
        EXPECT_EQ(open, 1) << "kept for the next one";
    } // Manager and all resources cleaned up automatically
    EXPECT_EQ(open, 0);
}

// The guide's singleton: the first who asks builds it, however many ask at once.
steward::manager<database>& shared_resources()
{
    static steward::manager<database> manager{database::with({})};
    return manager;
}

TEST(guide_shared_resource_manager, a_static)
{
    shared_resources().acquire<"database">()->execute("create table t (a)");
    std::jthread{[] { shared_resources().acquire<"database">()->execute("insert into t values (1)"); }}.join();
    EXPECT_EQ(shared_resources().acquire<"database">()->query_one<int>("select a from t"), 1);
}

// The same with an end and a replacement for tests.
struct application : steward::manager<database> {
    explicit application(const char* name) : steward::manager<database>{database::with({})}
    {
        auto there = acquire<"database">();
        there->execute("create table who (name text)");
        there->execute("insert into who values (?)", name);
    }
    static application& get()
    {
        return steward::shared<application>([] { return application{"everybody's"}; });
    }
    std::string name() { return acquire<"database">()->query_one<std::string>("select name from who"); }
};

TEST(guide_shared_resource_manager, that_a_test_can_replace)
{
    EXPECT_EQ(application::get().name(), "everybody's");
    {
        application other{"the test's"};
        const steward::shared_override<application> instead{other};
        EXPECT_EQ(application::get().name(), "the test's");
    }
    EXPECT_EQ(application::get().name(), "everybody's");
    steward::end_shared<application>();
}

using dictionary = std::map<int, std::string>;
using cache = steward::resource<"cache", steward::adapters::value<dictionary>>;

struct look_up {
    using needs = steward::needs<"database", "cache">;
    void operator()(std::string& data, auto& resources) const
    {
        auto& seen = resources["cache"_r];
        if (!seen.contains(1))
            seen[1] = resources["database"_r].template query_one<std::string>("select 'Ada'");
        data = seen[1];
    }
};
struct done {};
struct machine {
    using states = steward::states<look_up, done>;
    using arcs = steward::arcs<steward::arc<look_up, done>>;
};

TEST(guide_resource_with_fsm, resources_are_available_in_states)
{
    steward::simple_machine<machine, steward::catalog<database, cache>> fsm{
        database::with({.foreign_keys = true}),
        cache::with({}),
    };
    const auto outcome = fsm.process(std::string{});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.data, "Ada");
    EXPECT_EQ(fsm.resources().acquire<"cache">()->at(1), "Ada");
}

} // namespace guide::resource_patterns
