// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/error.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace steward::testing {

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
/// when a resource fails. Its resources are those of the other, behind a pointer: `**lease`.
template <adapter Adapter>
class faulty {
public:
    /// The settings of the adapter that is made faulty, and what goes wrong.
    struct settings {
        faults* plan;                       ///< never null; has to live as long as the adapter
        typename Adapter::settings inner{}; ///< of the other adapter
    };
    /// A resource of the other adapter.
    struct resource {
        typename Adapter::resource_type inner; ///< the other's own
        bool broken;                           ///< validate says false
    };
    /// What an adapter has: see steward::adapter. Each does what the other adapter does, unless a fault strikes.
    /// @{
    using resource_type = std::unique_ptr<resource>;

    explicit faulty(settings s) : plan_{s.plan}, inner_{std::move(s.inner)} {}

    [[nodiscard]] resource_type create(time_point deadline)
    {
        const at_work counted{*plan_};
        plan_->hold_creates.wait(true);
        if (faults::strikes(plan_->create_for_good))
            throw permanent_failure{"create failed for good"};
        if (faults::strikes(plan_->create))
            throw std::runtime_error{"create failed"};
        const bool broken = faults::strikes(plan_->create_broken);
        resource_type made = [&] {
            if constexpr (steward::detail::creates_until<Adapter>)
                return resource_type{new resource{inner_.create(deadline), broken}};
            else
                return resource_type{new resource{inner_.create(), broken}};
        }();
        ++plan_->created;
        return made;
    }

    [[nodiscard]] bool validate(resource_type& r)
    {
        if (faults::strikes(plan_->validate))
            throw std::runtime_error{"validate failed"};
        if (r->broken || faults::strikes(plan_->invalid))
            return false;
        if constexpr (steward::detail::validates<Adapter>)
            return inner_.validate(r->inner);
        return true;
    }

    void reset(resource_type& r)
    {
        if (faults::strikes(plan_->reset))
            throw std::runtime_error{"reset failed"};
        if constexpr (steward::detail::resets<Adapter>)
            inner_.reset(r->inner);
    }

    void destroy(resource_type& r)
    {
        ++plan_->destroyed;
        if constexpr (steward::detail::destroys<Adapter>)
            inner_.destroy(r->inner);
        if (faults::strikes(plan_->destroy))
            throw std::runtime_error{"destroy failed"};
    }
    /// @}

private:
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

} // namespace steward::testing
