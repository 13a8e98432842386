// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <random>
#include <stdexcept>

namespace steward::test {

enum class fault { none, throws, hangs, breaks };

/// Which calls of an adapter go wrong, and how, one after another; and how many resources there are. It outlives the
/// manager.
class schedule {
public:
    explicit schedule(std::mt19937_64& random)
    {
        for (calls* each_kind : {&creating_, &validating_, &resetting_, &destroying_})
            for (fault& each : each_kind->faults)
                switch (random() % 12) {
                case 0:
                case 1: each = fault::throws; break;
                case 2: each = fault::hangs; break;
                case 3: each = fault::breaks; break;
                default: break;
                }
    }

    [[nodiscard]] fault at_create() { return next(creating_); }
    [[nodiscard]] fault at_validate() { return next(validating_); }
    [[nodiscard]] fault at_reset() { return next(resetting_); }
    [[nodiscard]] fault at_destroy() { return next(destroying_); }

    /// From now on everything goes well, and what hangs goes on.
    void end()
    {
        over_ = true;
        over_.notify_all();
    }

    void hang()
    {
        if (!may_hang)
            return;
        stuck_ += is_worker ? 1 : 0;
        over_.wait(false);
    }
    /// How many workers hang.
    [[nodiscard]] int stuck() const { return stuck_; }

    inline static thread_local bool may_hang = true, is_worker = false;
    std::atomic<int> created{0}, gone{0};
    std::atomic<int> there{0}, most{0}; ///< creations in flight and resources

private:
    struct calls {
        std::array<fault, 16> faults{};
        std::atomic<std::size_t> next{0};
    };

    fault next(calls& c) { return over_ ? fault::none : c.faults[c.next++ % c.faults.size()]; }

    calls creating_, validating_, resetting_, destroying_;
    std::atomic<bool> over_{false};
    std::atomic<int> stuck_{0};
};

/// `in_use` is written without a lock, so two holders at once are a race.
struct fragile {
    fragile(schedule& s, bool is_broken) : of{&s}, broken{is_broken} { ++of->created; }
    ~fragile()
    {
        ++of->gone;
        --of->there;
    }
    fragile(const fragile&) = delete;
    fragile& operator=(const fragile&) = delete;

    schedule* of;
    bool broken;
    bool in_use = false;
};

class fragile_adapter {
public:
    struct settings {
        schedule* of;
    };
    using resource_type = fragile;

    explicit fragile_adapter(settings s) : of_{s.of} {}

    fragile create()
    {
        const int now = ++of_->there;
        for (int seen = of_->most; now > seen && !of_->most.compare_exchange_weak(seen, now);) {}
        const fault what = of_->at_create();
        try {
            go_wrong(what);
        } catch (...) {
            --of_->there;
            throw;
        }
        return {*of_, what == fault::breaks};
    }
    bool validate(const fragile& f)
    {
        const fault what = of_->at_validate();
        go_wrong(what);
        return !f.broken && what != fault::breaks;
    }
    void reset(fragile& f)
    {
        const fault what = of_->at_reset();
        go_wrong(what);
        f.broken = f.broken || what == fault::breaks;
    }
    void destroy(fragile&) { go_wrong(of_->at_destroy()); }

private:
    void go_wrong(fault what)
    {
        if (what == fault::hangs)
            of_->hang();
        if (what == fault::throws)
            throw std::runtime_error{"not this time"};
    }

    schedule* of_;
};
static_assert(steward::adapter<fragile_adapter>);

} // namespace steward::test
