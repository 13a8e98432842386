// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/pool_combinations.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace steward::test {

using namespace std::chrono_literals;

/// Longer than any test may take: a wake-up that is lost stops the test instead of being found at the deadline.
inline constexpr auto for_ever = 1h;

/// What holders write without a lock: two of them at once are a race that the thread sanitizer sees, and a count that
/// does not add up.
struct plain {
    explicit plain(std::atomic<int>& count) : live{&count} { ++*live; }
    ~plain() { --*live; }
    plain(const plain&) = delete;
    plain& operator=(const plain&) = delete;

    std::atomic<int>* live;
    int uses = 0;
    bool broken = false;
};

/// Creates them, and fails every `fails_each`-th time, where that is not zero; `live` counts those that are alive.
struct plain_adapter {
    struct settings {
        std::atomic<int>* live;
        int fails_each = 0;
    };
    using resource_type = plain;

    explicit plain_adapter(settings s) : settings_{s} {}
    plain create()
    {
        if (settings_.fails_each != 0 && ++calls_ % settings_.fails_each == 0)
            throw std::runtime_error{"not this time"};
        return plain{*settings_.live};
    }
    static bool validate(const plain& p) { return !p.broken; }

private:
    settings settings_;
    std::atomic<int> calls_{0};
};

template <class Locking, class Pooling>
struct built_with {
    using locking = Locking;
    using pooling = Pooling;
};

using pools = pool_combinations<
    built_with<locking::lock_free, pooling::bounded<0, 3>>, built_with<locking::mutex, pooling::bounded<0, 3>>,
    built_with<locking::spin, pooling::bounded<0, 3>>, built_with<locking::lock_free, pooling::arena<3>>,
    built_with<locking::lock_free, pooling::bounded<0, 128>>,
    built_with<locking::biased_after<2>, pooling::bounded<0, 3>>>;

struct pool_names {
    template <class B>
    static std::string GetName(int)
    {
        using kind = typename B::locking;
        const std::string name = std::is_same_v<kind, locking::mutex>  ? "mutex"
                                 : std::is_same_v<kind, locking::spin> ? "spin"
                                 : detail::biases<kind>                ? "biased"
                                                                       : "lock_free";
        constexpr bool in_manager = std::is_empty_v<typename B::pooling::template arena_type<int>>;
        return name + (in_manager ? "_bounded_" : "_arena_") + std::to_string(B::pooling::capacity);
    }
};

/// A manager of one pool, and threads that do something with it.
template <class B>
class crowd : public testing::Test {
public:
    using resource = steward::resource<"plain", plain_adapter, typename B::locking, typename B::pooling,
                                       metrics::counters, ownership::tracked>;
    using manager_type = steward::manager<resource>;

    std::atomic<int> live{0};

    manager_type make(pool_options options, int fails_each = 0)
    {
        return manager_type{resource::with(plain_adapter::settings{&live, fails_each}, options)};
    }

    std::unique_ptr<manager_type> make_owned(pool_options options)
    {
        return std::make_unique<manager_type>(resource::with(plain_adapter::settings{&live}, options));
    }

    /// Runs `f(number)` in so many threads and waits for all of them.
    template <class F>
    static void run(int threads, F f)
    {
        std::vector<std::jthread> all;
        for (int i = 0; i != threads; ++i)
            all.emplace_back([&f, i] { f(i); });
    }

    /// That no slot was lost: as many as there may be can be had at once, without waiting, and not one more.
    static void expect_whole(manager_type& manager, std::size_t size)
    {
        std::vector<typename manager_type::template lease_type<"plain">> all;
        for (std::size_t i = 0; i != size; ++i) {
            auto one = manager.template try_acquire<"plain">(0ms);
            ASSERT_TRUE(one) << "slot " << i << " is lost: " << one.error().what();
            all.push_back(std::move(*one));
        }
        EXPECT_FALSE(manager.template try_acquire<"plain">(0ms));
        EXPECT_EQ(manager.template status<"plain">().waiting, 0U);
    }
};

} // namespace steward::test
