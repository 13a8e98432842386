// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/pool_combinations.hpp"
#include "support/sessions.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

namespace steward::test {

using namespace std::chrono_literals;

/// One way to build a pool of sessions.
template <class Locking, class Pooling>
struct built_with {
    using locking = Locking;
    using pooling = Pooling;
};

using on_one_thread =
    testing::Types<built_with<locking::none, pooling::bounded<0, 4>>, built_with<locking::none, pooling::arena<4>>>;
using on_many_threads = pool_combinations<
    built_with<locking::lock_free, pooling::bounded<0, 4>>, built_with<locking::lock_free, pooling::arena<4>>,
    built_with<locking::mutex, pooling::arena<4>>, built_with<locking::mutex, pooling::bounded<0, 4>>,
    built_with<locking::biased_after<1>, pooling::bounded<0, 4>>, built_with<locking::spin, pooling::bounded<0, 4>>,
    built_with<locking::spin, pooling::arena<4>>, built_with<locking::lock_free, pooling::bounded<0, 200>>>;
using on_any_threads = pool_combinations<
    built_with<locking::lock_free, pooling::bounded<0, 4>>, built_with<locking::lock_free, pooling::arena<4>>,
    built_with<locking::mutex, pooling::arena<4>>, built_with<locking::mutex, pooling::bounded<0, 4>>,
    built_with<locking::none, pooling::bounded<0, 4>>, built_with<locking::spin, pooling::bounded<0, 4>>,
    built_with<locking::spin, pooling::arena<4>>, built_with<locking::none, pooling::arena<4>>,
    built_with<locking::biased_after<1>, pooling::bounded<0, 4>>,
    built_with<locking::lock_free, pooling::bounded<0, 200>>>;

/// Those that take the first free slot: for tests of which one is taken.
using in_slot_order = pool_combinations<
    built_with<locking::lock_free, pooling::bounded<0, 4>>, built_with<locking::lock_free, pooling::arena<4>>,
    built_with<locking::mutex, pooling::arena<4>>, built_with<locking::mutex, pooling::bounded<0, 4>>,
    built_with<locking::none, pooling::bounded<0, 4>>, built_with<locking::spin, pooling::bounded<0, 4>>,
    built_with<locking::spin, pooling::arena<4>>, built_with<locking::none, pooling::arena<4>>,
    built_with<locking::lock_free, pooling::bounded<0, 200>>>;

/// The names of these combinations in the tests' names.
struct policy_names {
    template <class B>
    static std::string GetName(int)
    {
        using kind = typename B::locking;
        std::string name = std::is_same_v<kind, locking::none>              ? "none"
                           : std::is_same_v<kind, locking::mutex>           ? "mutex"
                           : std::is_same_v<kind, locking::spin>            ? "spin"
                           : std::is_same_v<kind, locking::biased_after<1>> ? "biased"
                                                                            : "lock_free";
        constexpr bool in_manager = std::is_empty_v<typename B::pooling::template arena_type<int>>;
        return name + (in_manager ? "_bounded_" : "_arena_") + std::to_string(B::pooling::capacity);
    }
};

/// A manager of one pool of at most four sessions (`max_size` says so where the policy has room for more).
template <class B>
class pool_fixture : public testing::Test {
public:
    template <class... More>
    using resource_with = resource<"sessions", session_adapter, typename B::locking, typename B::pooling,
                                   metrics::counters, ownership::tracked, More...>;
    using sessions = resource_with<>;
    using manager_type = manager<sessions>;

    session_log log;

    /// Four sessions at most; and who waits for a wake-up that was lost waits until the test itself is stopped.
    static void limit(pool_options& options)
    {
        options.max_size = options.max_size.value_or(4);
        options.acquire_timeout = options.acquire_timeout.value_or(10min);
    }

    manager_type make(pool_options options = {})
    {
        limit(options);
        return manager_type{sessions::with(session_adapter::settings{log}, options), manual_housekeeping};
    }

    std::unique_ptr<manager_type> make_owned(pool_options options = {})
    {
        return std::unique_ptr<manager_type>{new manager_type(make(options))};
    }

    template <class... More>
    manager<resource_with<More...>> make_with(pool_options options = {})
    {
        limit(options);
        return manager<resource_with<More...>>{resource_with<More...>::with(session_adapter::settings{log}, options),
                                               manual_housekeeping};
    }
};

/// The code of what `try_acquire` answered; fails the test if it answered with a resource.
template <class Expected>
[[nodiscard]] errc code_of(const Expected& answer)
{
    EXPECT_FALSE(answer.has_value());
    return answer.has_value() ? errc{} : answer.error().code();
}

template <class Text>
[[nodiscard]] testing::AssertionResult contains(const Text& text, std::string_view part)
{
    if (std::string_view{text}.find(part) != std::string_view::npos)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << "'" << part << "' is not in '" << text << "'";
}

} // namespace steward::test
