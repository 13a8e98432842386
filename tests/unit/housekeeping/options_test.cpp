// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

using pooled = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 4>>;
using shared_files = steward::resource<"files", session_adapter, steward::pooling::shared>;

/// The fields that are refused.
template <class Resource>
std::vector<std::string> wrong_fields(auto options)
{
    session_log log;
    std::vector<std::string> fields;
    try {
        const steward::manager<Resource> manager{Resource::with(session_adapter::settings{log}, options)};
    } catch (const steward::configuration_error& error) {
        for (const auto& problem : error.problems())
            fields.push_back(problem.field);
    }
    return fields;
}
using names = std::vector<std::string>;

TEST(options, refuse_negative_times)
{
    using steward::pool_options;
    EXPECT_EQ(wrong_fields<pooled>(pool_options{.acquire_timeout = -1ms}), names{"acquire_timeout"});
    EXPECT_EQ(wrong_fields<pooled>(pool_options{.idle_timeout = -1ms}), names{"idle_timeout"});
    EXPECT_EQ(wrong_fields<pooled>(pool_options{.max_lifetime = -1ms}), names{"max_lifetime"});
    EXPECT_EQ(wrong_fields<pooled>(pool_options{.validation_interval = -1ms}), names{"validation_interval"});
    EXPECT_EQ(wrong_fields<pooled>(pool_options{.keepalive = -1ns}), names{"keepalive"});
    EXPECT_EQ(wrong_fields<shared_files>(steward::shared_options{.acquire_timeout = -1ms}), names{"acquire_timeout"});
    EXPECT_EQ(wrong_fields<shared_files>(steward::shared_options{.validation_interval = -1ms}),
              names{"validation_interval"});
}

TEST(options, refuse_creating_nothing_at_once)
{
    EXPECT_EQ(wrong_fields<pooled>(steward::pool_options{.max_creating = 0}), names{"max_creating"});
}

TEST(options, are_all_named_that_are_wrong)
{
    const auto fields = wrong_fields<pooled>(
        steward::pool_options{.max_size = 0, .validation_interval = -1s, .keepalive = -1s, .max_creating = 0});
    EXPECT_EQ(fields, (names{"max_size", "validation_interval", "keepalive", "max_creating"}));
}

TEST(options, may_be_zero_where_that_means_never)
{
    EXPECT_TRUE(wrong_fields<pooled>(steward::pool_options{.acquire_timeout = 0s,
                                                           .idle_timeout = 0s,
                                                           .max_lifetime = 0s,
                                                           .validation_interval = 0s,
                                                           .keepalive = 0s,
                                                           .max_waiting = 0})
                    .empty());
    EXPECT_TRUE(
        wrong_fields<shared_files>(steward::shared_options{.acquire_timeout = 0s, .validation_interval = 0s}).empty());
}

TEST(options, that_cannot_work_change_nothing_at_run_time)
{
    session_log log;
    steward::manager<pooled> manager{pooled::with(session_adapter::settings{log}), steward::manual_housekeeping};
    EXPECT_THROW(manager.resize<"sessions">({.max_size = 2, .keepalive = -1s}), steward::configuration_error);
    EXPECT_THROW(manager.resize<"sessions">({.max_creating = 0}), steward::configuration_error);
    EXPECT_EQ(manager.status<"sessions">().capacity, 4U);
}

/// How many may wait.
template <class B>
class max_waiting : public pool_fixture<B> {};
TYPED_TEST_SUITE(max_waiting, each_threaded_locking, policy_names);

TYPED_TEST(max_waiting, refuses_one_more_at_once)
{
    auto manager = this->make({.max_size = 1, .max_waiting = 2});
    auto held = manager.template acquire<"sessions">();
    std::vector<std::jthread> waiting;
    for (int i = 0; i != 2; ++i)
        waiting.emplace_back([&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); });
    until_somebody_waits(manager, 2);
    const auto refused = manager.template try_acquire<"sessions">();
    EXPECT_EQ(code_of(refused), errc::overloaded);
    EXPECT_TRUE(contains(refused.error().what(), "max_waiting"));
    EXPECT_EQ(manager.template metrics<"sessions">().failed_with(errc::overloaded), 1U);
    held.release();
}

TYPED_TEST(max_waiting, of_none_refuses_whoever_would_wait)
{
    auto manager = this->make({.max_size = 1, .max_waiting = 0});
    auto held = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::overloaded);
    held.release();
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

TYPED_TEST(max_waiting, does_not_matter_to_who_never_waits)
{
    auto manager = this->make({.max_size = 1, .max_waiting = 0});
    auto held = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
}

TYPED_TEST(max_waiting, may_change_at_run_time)
{
    auto manager = this->make({.max_size = 1, .max_waiting = 0});
    auto held = manager.template acquire<"sessions">();
    manager.template resize<"sessions">({.max_waiting = 1});
    std::jthread waiting{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(manager);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::overloaded);
    held.release();
}

} // namespace
