// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/steward.hpp>
#include <steward/testing/conformance.hpp>
#include <steward/testing/faulty.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace steward::inline v0::testing {

namespace detail {

struct nothing {
    struct settings {};
    struct resource_type {};
    explicit nothing(settings) {}
    [[nodiscard]] static resource_type create() { return {}; }
};

/// A pool of nothing that fails as the test says, under the policy that is tried.
template <class... Policies>
using tried_resource = steward::resource<"tried", faulty<nothing>, Policies...>;

template <class Resource>
class trial {
public:
    using manager_type = manager<Resource>;

    trial(conformance& result, faults& plan) : result_{result}, plan_{plan} {}

    void expect(bool holds, const char* rule) { result_.expect(holds, rule); }

    /// One lease after another; the next one gets what the last one gave back.
    void in_turn(manager_type& tried)
    {
        for (int i = 0; i != 3; ++i)
            expect(static_cast<bool>(tried.template try_acquire<"tried">(wait)), "a lease can be had and given back");
    }

    /// More threads than slots; nobody is left behind, and nobody gets what another holds.
    void in_a_crowd(manager_type& tried)
    {
        std::atomic<int> failed{0};
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i != 8; ++i)
                threads.emplace_back([&] {
                    for (int n = 0; n != 200; ++n)
                        failed += tried.template try_acquire<"tried">(wait) ? 0 : 1;
                });
        }
        expect(failed == 0, "eight threads are all served");
    }

    /// Faults lose no slot.
    void with_faults(manager_type& tried)
    {
        plan_.create = 2;
        plan_.create_broken = 2;
        plan_.reset = 2;
        plan_.destroy = 2;
        for (int i = 0; i != 16; ++i) {
            auto lease = tried.template try_acquire<"tried">(std::chrono::milliseconds{0});
            if (lease && i % 4 == 0)
                if constexpr (requires { lease->discard(); })
                    lease->discard();
        }
        plan_.end();
        if constexpr (requires { tried.maintain(clock::now()); })
            tried.maintain(clock::now() + std::chrono::hours{2}); // every cool-down is over
        expect(static_cast<bool>(tried.template try_acquire<"tried">(wait)), "it serves again when faults have ended");
    }

    /// The end: nothing is lent any more, and all that was created is destroyed.
    void to_the_end(manager_type& tried)
    {
        expect(tried.template status<"tried">().active == 0, "nothing is out when all leases are back");
        expect(tried.cleanup(std::chrono::seconds{30}).complete(), "everything closes");
        const auto late = tried.template try_acquire<"tried">(wait);
        expect(!late && late.error().code() == errc::closed, "a closed pool says so");
        expect(plan_.live() == 0, "all that was created is destroyed");
    }

    static constexpr auto wait = std::chrono::seconds{30};

private:
    conformance& result_;
    faults& plan_;
};

template <class Resource>
void try_all(conformance& result)
{
    faults plan;
    auto tried = std::make_unique<manager<Resource>>(Resource::with({.plan = &plan}), manual_housekeeping);
    trial<Resource> on{result, plan};
    on.in_turn(*tried);
    if constexpr (Resource::locking_policy::waits)
        on.in_a_crowd(*tried);
    on.with_faults(*tried);
    on.to_the_end(*tried);
}

template <class Policy>
void try_metrics(conformance& result)
{
    using resource = tried_resource<Policy, pooling::bounded<0, 4>>;
    faults plan;
    manager<resource> tried{resource::with({.plan = &plan}), manual_housekeeping};
    {
        const auto one = tried.template acquire<"tried">();
        const auto two = tried.template acquire<"tried">();
    }
    plan.create = faults::always;
    const auto held = tried.template acquire<"tried">();
    const auto also = tried.template acquire<"tried">();
    static_cast<void>(tried.template try_acquire<"tried">(std::chrono::milliseconds{0}));
    if constexpr (requires { tried.template metrics<"tried">(); }) {
        const metrics_snapshot seen = tried.template metrics<"tried">();
        result.expect(seen.active == 2 && seen.size == 2, "what the pool reports stays as it is");
        result.expect(seen.acquisitions == 0 || seen.acquisitions == 4, "each lease is counted once");
        result.expect(seen.releases == 0 || seen.releases == 2, "each lease that came back is counted once");
        result.expect(seen.failures == 0 || seen.failures == 1, "each failure is counted once");
        result.expect(seen.creations == 0 || seen.creations == 2, "each creation is counted once");
        result.expect(seen.peak == 0 || seen.peak == 2, "the most leases at once are two");
    }
}

template <class Policy>
void try_ownership(conformance& result)
{
    using resource = tried_resource<Policy, pooling::bounded<0, 4>>;
    faults plan;
    manager<resource> tried{resource::with({.plan = &plan}), manual_housekeeping};
    if constexpr (requires { tried.template owners<"tried">(); }) {
        auto holder = tried.owner("load", 7);
        holder.template acquire<"tried">();
        {
            const auto anonymous = tried.template acquire<"tried">();
            result.expect(tried.template owners<"tried">() == std::vector<std::string>{"load_7"},
                          "the owner who holds a resource is named, an anonymous lease is not");
        }
        holder.template release<"tried">();
        result.expect(tried.template owners<"tried">().empty(), "who has given it back is named no more");
    }
}

template <class Policy>
void try_health(conformance& result)
{
    using resource = tried_resource<Policy, pooling::bounded<0, 2>>;
    faults plan;
    manager<resource> tried{resource::with({.plan = &plan}), manual_housekeeping};
    plan.create_broken = 1;
    static_cast<void>(tried.template try_acquire<"tried">()); // broken, and not yet known to be
    const auto good = tried.template try_acquire<"tried">(std::chrono::seconds{30});
    result.expect(good.has_value(), "a broken resource does not keep others from being had");
    if constexpr (steward::detail::validates_on_borrow<Policy>)
        result.expect(!good || !(*good)->created_broken() || !Policy::wants_validation({}, duration::zero()),
                      "a broken resource is not lent where the policy wants each one validated");
}

} // namespace detail

/// Whether a policy does what pools rely on: `check_policy<my_policy>()`. Its pool is used in turn and by a crowd, is
/// given faults, and closes; what the axis promises is looked at besides. Takes less than a second.
template <policy Policy>
[[nodiscard]] conformance check_policy()
{
    conformance result;
    if constexpr (Policy::axis == axis::pooling)
        detail::try_all<detail::tried_resource<Policy>>(result);
    else
        detail::try_all<detail::tried_resource<Policy, pooling::bounded<0, 4>>>(result);
    if constexpr (Policy::axis == axis::metrics)
        detail::try_metrics<Policy>(result);
    if constexpr (Policy::axis == axis::ownership)
        detail::try_ownership<Policy>(result);
    if constexpr (Policy::axis == axis::health)
        detail::try_health<Policy>(result);
    return result;
}

} // namespace steward::inline v0::testing
