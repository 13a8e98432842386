// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/configuration.hpp>
#include <steward/error.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/resource.hpp>
#include <steward/resource_health.hpp>
#include <steward/testing/faulty_resource.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace steward::inline v0::testing {

/// What goes wrong in a `faulty` adapter, and what it did: set and read by the test, at any time, from any thread.
///
/// Each number says how many of the next calls fail; `always` is more than anybody counts. While `hold_creates` is true
/// creates do not return.
struct faults {
    static constexpr std::int64_t always = std::int64_t{1} << 62; ///< so many that each call fails

    std::atomic<std::int64_t> create{0};          ///< throw "create failed"
    std::atomic<std::int64_t> create_for_good{0}; ///< throw `permanent_failure`
    std::atomic<std::int64_t> create_broken{0};   ///< succeed, but the resource will be found invalid
    std::atomic<std::int64_t> invalid{0};         ///< validate says false
    std::atomic<std::int64_t> validate{0};        ///< validate throws
    std::atomic<std::int64_t> reset{0};           ///< reset throws
    std::atomic<std::int64_t> destroy{0};         ///< destroy throws; the resource goes all the same
    std::atomic<bool> hold_creates{false};        ///< until it is false and `release_creates` was called

    std::atomic<std::int64_t> creating{0};  ///< creates at work now
    std::atomic<std::int64_t> created{0};   ///< that succeeded
    std::atomic<std::int64_t> destroyed{0}; ///< whether destroy threw or not
    std::atomic<std::int64_t> most{0};      ///< most resources at once, those in creation among them

    /// How many resources there are: created and not destroyed.
    [[nodiscard]] std::int64_t live() const noexcept { return created.load() - destroyed.load(); }

    /// Lets the creates that are held go on.
    void release_creates() noexcept
    {
        hold_creates = false;
        hold_creates.notify_all();
    }

    /// Nothing goes wrong any more.
    void end() noexcept
    {
        for (auto* each : {&create, &create_for_good, &create_broken, &invalid, &validate, &reset, &destroy})
            each->store(0);
        release_creates();
    }

    /// Whether this call is one of those that fail.
    [[nodiscard]] static bool strikes(std::atomic<std::int64_t>& left) noexcept
    {
        std::int64_t seen = left.load();
        while (seen > 0)
            if (left.compare_exchange_weak(seen, seen - 1))
                return true;
        return false;
    }
};

/// An adapter that does what another one does, except where its `faults` say otherwise: for tests of what a program does
/// when a resource fails. It has the other's policies, and whatever else the other has.
///
/// Its resources are used as the other's are, `lease->member`; only where the other's type is no class, is final or cannot
/// be moved are they behind a pointer: `**lease`, `(*lease)->member`. See `faulty_resource`.
template <adapter Adapter>
class faulty {
public:
    /// The settings of the adapter that is made faulty, and what goes wrong.
    struct settings {
        faults* plan;                       ///< never null; has to live as long as the adapter
        typename Adapter::settings inner{}; ///< of the other adapter
    };
    /// What an adapter has: see steward::adapter. Each does what the other adapter does, unless a fault strikes.
    /// @{
    using resource_type = faulty_resource<typename Adapter::resource_type>;
    using default_policies = typename steward::detail::defaults_of<Adapter>::type;
    static constexpr bool serial_create = steward::detail::creates_serially<Adapter>;

    faulty(settings s, std::string_view name)
        requires steward::detail::takes_its_name<Adapter>
        : plan_{s.plan}, inner_{std::move(s.inner), name}
    {
    }
    explicit faulty(settings s)
        requires(!steward::detail::takes_its_name<Adapter>)
        : plan_{s.plan}, inner_{std::move(s.inner)}
    {
    }

    static void check(const settings& s, configuration_check& check)
        requires steward::detail::checks_its_settings<Adapter>
    {
        Adapter::check(s.inner, check);
    }

    [[nodiscard]] resource_type create(time_point deadline)
    {
        const at_work counted{*plan_};
        plan_->hold_creates.wait(true);
        if (faults::strikes(plan_->create_for_good))
            throw permanent_failure{"create failed for good"};
        if (faults::strikes(plan_->create))
            throw std::runtime_error{"create failed"};
        const bool broken = faults::strikes(plan_->create_broken);
        const auto create_inner = [&] {
            if constexpr (steward::detail::creates_until<Adapter>)
                return inner_.create(deadline);
            else
                return inner_.create();
        };
        resource_type made{create_inner, broken};
        ++plan_->created;
        return made;
    }

    [[nodiscard]] bool validate(resource_type& r)
    {
        if (faults::strikes(plan_->validate))
            throw std::runtime_error{"validate failed"};
        if (r.created_broken() || faults::strikes(plan_->invalid))
            return false;
        if constexpr (steward::detail::validates<Adapter>)
            return inner_.validate(own(r));
        return true;
    }

    void reset(resource_type& r)
    {
        if (faults::strikes(plan_->reset))
            throw std::runtime_error{"reset failed"};
        if constexpr (steward::detail::resets<Adapter>)
            inner_.reset(own(r));
    }

    void destroy(resource_type& r)
    {
        ++plan_->destroyed;
        if constexpr (steward::detail::destroys<Adapter>)
            inner_.destroy(own(r));
        if (faults::strikes(plan_->destroy))
            throw std::runtime_error{"destroy failed"};
    }

    [[nodiscard]] std::optional<bool> outcome(resource_type& r)
        requires steward::detail::tells_outcomes<Adapter>
    {
        return inner_.outcome(own(r));
    }

    [[nodiscard]] resource_health health()
        requires steward::detail::reports_health<Adapter>
    {
        return inner_.health();
    }

    void report(metrics_snapshot& out)
        requires steward::detail::reports_numbers<Adapter>
    {
        inner_.report(out);
    }
    /// @}

private:
    [[nodiscard]] static typename Adapter::resource_type& own(resource_type& r) noexcept
    {
        if constexpr (std::derived_from<resource_type, typename Adapter::resource_type>)
            return r;
        else
            return *r;
    }

    // Counts a create from its begin to its end, and the most that there were.
    class at_work {
    public:
        explicit at_work(faults& plan) noexcept : plan_{plan}
        {
            const std::int64_t now = ++plan_.creating + plan_.live();
            std::int64_t seen = plan_.most.load();
            while (seen < now && !plan_.most.compare_exchange_weak(seen, now)) {}
        }
        ~at_work() { --plan_.creating; }
        at_work(const at_work&) = delete;
        at_work& operator=(const at_work&) = delete;

    private:
        faults& plan_;
    };

    faults* plan_;
    Adapter inner_;
};

} // namespace steward::inline v0::testing
