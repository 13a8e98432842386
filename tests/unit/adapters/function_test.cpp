// SPDX-License-Identifier: BSL-1.0
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

namespace {

using steward::errc;

struct client {
    std::string host;
    client(std::string h) : host{std::move(h)} {} // NOLINT: made from a name
    client(const client&) = delete;               // functions may make what cannot move
    client& operator=(const client&) = delete;
};

client make_client() { return client{"localhost"}; }

using by_function = steward::resource<"client", steward::adapters::from_function<make_client>>;
using by_lambda = steward::resource<"number", steward::adapters::from_function<[] { return 42; }>>;
using by_factory = steward::resource<"client", steward::adapters::factory<client>, steward::pooling::bounded<0, 2>>;

TEST(adapters_from_function, calls_a_function_for_each_resource)
{
    steward::manager<by_function> manager;
    auto first = manager.acquire<"client">();
    auto second = manager.acquire<"client">();
    EXPECT_EQ(first->host, "localhost");
    EXPECT_NE(first.get(), second.get());
}

TEST(adapters_from_function, calls_a_lambda)
{
    steward::manager<by_lambda> manager;
    EXPECT_EQ(*manager.acquire<"number">(), 42);
}

TEST(adapters_factory, calls_what_was_given_at_run_time)
{
    int made = 0;
    steward::manager<by_factory> manager{by_factory::with([&] { return client{"host" + std::to_string(++made)}; })};
    auto first = manager.acquire<"client">();
    auto second = manager.acquire<"client">();
    EXPECT_EQ(first->host + second->host, "host1host2");
}

TEST(adapters_factory, that_throws_is_a_failed_creation_with_its_cause)
{
    steward::manager<by_factory> manager{
        by_factory::with([]() -> client { throw std::runtime_error{"no route to host"}; })};
    const auto refused = manager.try_acquire<"client">();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), errc::create_failed);
    EXPECT_TRUE(std::string_view{refused.error().what()}.contains("no route to host"));
}

/// Counts how many threads are in its create() at once.
template <bool Serial>
struct counting_adapter {
    struct settings {
        std::atomic<int>*inside, *most;
        std::barrier<>* all_are_here;
    };
    using resource_type = int;
    static constexpr bool serial_create = Serial;

    explicit counting_adapter(settings s) : settings_{s} {}

    int create()
    {
        const int now = ++*settings_.inside;
        *settings_.most = std::max(settings_.most->load(), now);
        if constexpr (!Serial)
            settings_.all_are_here->arrive_and_wait(); // would wait for ever if the others could not come in
        else
            std::this_thread::yield();
        --*settings_.inside;
        return now;
    }

    settings settings_;
};

template <bool Serial>
int most_at_once_in_create()
{
    constexpr int threads = 4;
    using counted = steward::resource<"counted", counting_adapter<Serial>, steward::pooling::bounded<0, threads>>;
    std::atomic<int> inside{0}, most{0};
    std::barrier<> all_are_here{threads}, all_have_one{threads};
    steward::manager<counted> manager{counted::with({&inside, &most, &all_are_here})};
    std::vector<std::jthread> crowd;
    for (int i = 0; i != threads; ++i)
        crowd.emplace_back([&] {
            auto lease = manager.template acquire<"counted">();
            all_have_one.arrive_and_wait(); // nobody takes what another gave back
        });
    crowd.clear();
    return most;
}

TEST(adapters_create, is_called_by_several_threads_at_once) { EXPECT_EQ(most_at_once_in_create<false>(), 4); }

TEST(adapters_create, is_called_by_one_thread_at_a_time_if_the_adapter_says_so)
{
    EXPECT_EQ(most_at_once_in_create<true>(), 1);
}

} // namespace
