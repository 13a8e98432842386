// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/pool_fixture.hpp"

namespace steward::test {

/// A manager of three resources of one kind.
template <class Pooling>
class three_resources : public testing::Test {
public:
    template <fixed_string Name>
    using resource = steward::resource<Name, session_adapter, Pooling, metrics::counters, ownership::tracked>;
    using manager_type = steward::manager<resource<"first">, resource<"second">, resource<"third">>;

    session_log first, second, third;
    manager_type manager{resource<"first">::with(session_adapter::settings{first}),
                         resource<"second">::with(session_adapter::settings{second}),
                         resource<"third">::with(session_adapter::settings{third})};

    std::size_t active()
    {
        std::size_t sum = 0;
        for (const auto& each : manager.status())
            sum += each.active;
        return sum;
    }
};
/// What an owner holds may be kept in slots, by many at once, or for him alone.
using each_pooling = testing::Types<pooling::bounded<0, 4>, pooling::shared, pooling::transient>;

} // namespace steward::test
