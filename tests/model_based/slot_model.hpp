// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "model.hpp"

#include <steward/pool/pool_options.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace steward::test {

/// What `bounded` and `arena` do, for one thread and without a thought about slots: so many resources, each lent, idle
/// or put aside while the pool is suspended.
///
/// Where it leaves a choice: which of several idle resources is taken; which of them go when there may be fewer, and
/// whether one that was there then goes later, since that depends on its slot.
class slot_model : public model {
public:
    static constexpr std::size_t capacity = 4;
    static constexpr seconds idle_timeout{300}, max_lifetime{3600}, validation_interval{60}, keepalive{90};

    [[nodiscard]] static pool_options options()
    {
        return {.min_size = 1,
                .max_size = 3,
                .acquire_timeout = seconds{0},
                .idle_timeout = idle_timeout,
                .max_lifetime = max_lifetime,
                .validation_interval = validation_interval,
                .keepalive = keepalive};
    }

    using model::model;

    [[nodiscard]] std::size_t size() const { return all_.size(); }
    [[nodiscard]] std::size_t active() const { return count(place::lent); }
    [[nodiscard]] std::size_t available() const { return count(place::idle); }
    [[nodiscard]] std::size_t most() const { return max_size_; }
    [[nodiscard]] bool suspended() const { return gate_ == gate::suspended; }

    /// While one is idle nothing is created; what is over or found bad is replaced by another idle one, else by a new
    /// one. Two found bad in a row: the others of that age are not even looked at, but never lent.
    lent_or_not acquire(replay& events, int lent)
    {
        int dead = 0;
        int number = available() != 0 ? some_idle(events, lent) : 0;
        while (number != 0) {
            const bool over = is_over(all_.at(number));
            if (!over && (!looks_.on_borrow || validate(events, number)))
                return lend(number);
            if (!over && ++dead == 2)
                condemn();
            take_away(events, number, over ? why_it_leaves(number) : retirement::invalid);
            number = dead < 2 && available() != 0 ? some_idle(events, lent) : 0;
        }
        if (!open() || size() >= max_size_)
            return std::unexpected{refusal()};
        number = add(events);
        return number != 0 ? lent_or_not{lend(number)} : std::unexpected{errc::create_failed};
    }

    void give_back(replay& events, int number)
    {
        if (!reset(events, number))
            take_away(events, number, retirement::reset_failed);
        else if (looks_.on_return && !validate(events, number))
            take_away(events, number, retirement::invalid);
        else
            put_back(events, number);
    }
    void discard(replay& events, int number) { take_away(events, number, retirement::discarded); }

    /// Tries an idle one, else a new one; where all are lent there is none to try.
    bool try_one(replay& events)
    {
        int number = 0;
        if (available() != 0)
            number = some_idle(events, 0);
        else if (!open() || size() >= max_size_)
            return open();
        else if (number = add(events); number == 0)
            return false;
        if (!validate(events, number)) {
            take_away(events, number, retirement::invalid);
            return false;
        }
        put_back(events, number);
        return true;
    }

    /// How far to go at least so that no resource is of an age at which its own jitter decides.
    [[nodiscard]] seconds certain(seconds wanted) const
    {
        for (bool sure = false; !sure;) {
            sure = true;
            for (const auto& [number, r] : all_)
                if (const seconds age = wanted - r.born; age >= max_lifetime * 9 / 10 && age < max_lifetime) {
                    wanted = r.born + max_lifetime;
                    sure = false;
                }
        }
        return wanted;
    }

    void maintain(replay& events, seconds now)
    {
        const seconds before = now_;
        now_ = std::max(now_, now);
        for (auto& [number, r] : all_)
            if (r.at == place::idle && !r.rested)
                r.rested = true, r.last_use = before;
        std::set<int> looked_at;
        while (events.next_is(did::destroyed) || events.next_is(did::found_good) || events.next_is(did::found_bad)) {
            const int number = some_idle(events, 0);
            const kept& r = all_.at(number);
            if (is_over(r)) {
                take_away(events, number, why_it_leaves(number));
            } else if (is_unused(r) && size() > min_size_) {
                take_away(events, number, retirement::unused);
            } else {
                RC_ASSERT(is_due(r));
                RC_ASSERT(looked_at.insert(number).second);
                if (!validate(events, number))
                    take_away(events, number, retirement::invalid);
            }
        }
        for (const auto& [number, r] : all_)
            if (r.at == place::idle) {
                RC_ASSERT_FALSE(is_over(r));
                RC_ASSERT_FALSE(is_unused(r) && size() > min_size_);
                RC_ASSERT(!is_due(r) || looked_at.contains(number));
            }
        looked_at_ = now_;
        while (open() && size() < min_size_ && add(events) != 0) {}
    }

    /// False if that cannot work: then nothing changes.
    bool resize(replay& events, std::size_t min_size, std::size_t max_size)
    {
        if (max_size == 0 || max_size > capacity || min_size > max_size)
            return false;
        min_size_ = min_size;
        max_size_ = max_size;
        for (auto& [number, r] : all_)
            r.may_be_too_many = max_size_ < capacity;
        sweep(events, place::idle);
        return true;
    }

    void suspend()
    {
        if (!open())
            return;
        gate_ = gate::suspended;
        for (auto& [number, r] : all_)
            if (r.at == place::idle) {
                r.last_use = r.rested ? r.last_use : now_;
                r.at = place::aside;
            }
    }
    void resume(replay& events)
    {
        if (gate_ != gate::suspended)
            return;
        gate_ = gate::open;
        sweep(events, place::aside);
        for (auto& [number, r] : all_)
            if (r.at == place::aside)
                r.at = place::idle, r.rested = true;
    }

    void refresh(replay& events)
    {
        condemn();
        sweep(events, place::idle);
    }
    void close(replay& events)
    {
        gate_ = gate::closed;
        sweep(events, place::idle);
    }
    /// Why not, if not.
    std::optional<errc> reopen()
    {
        if (!closed())
            return errc::configuration;
        if (!all_.empty())
            return errc::timed_out;
        gate_ = gate::open;
        return std::nullopt;
    }

private:
    enum class place { idle, lent, aside };
    struct kept {
        seconds born;
        place at = place::idle;
        bool condemned = false;
        bool may_be_too_many = false; ///< its slot may be one that went
        bool rested = false;          ///< nobody used it since the pool was told the time
        seconds last_use{};           ///< where it rested
    };

    [[nodiscard]] std::size_t count(place where) const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(all_, [&](const auto& each) { return each.second.at == where; }));
    }
    [[nodiscard]] bool is_over(const kept& r) const { return r.condemned || now_ - r.born >= max_lifetime; }
    [[nodiscard]] bool is_unused(const kept& r) const { return r.rested && now_ - r.last_use >= idle_timeout; }
    [[nodiscard]] bool is_due(const kept& r) const
    {
        return r.rested && (crossed(r, keepalive) || (looks_.when_idle && crossed(r, validation_interval)));
    }
    // A multiple of the interval has passed since the last look at what rests.
    [[nodiscard]] bool crossed(const kept& r, seconds interval) const
    {
        return (looked_at_ - r.last_use) / interval < (now_ - r.last_use) / interval;
    }

    int some_idle(const replay& events, int lent) const
    {
        const int number = events.next_number(lent);
        RC_ASSERT(all_.contains(number));
        RC_ASSERT(all_.at(number).at == place::idle);
        return number;
    }

    int add(replay& events)
    {
        const int number = create(events);
        if (number != 0)
            all_.emplace(number, kept{.born = now_});
        return number;
    }
    int lend(int number)
    {
        all_.at(number).at = place::lent;
        return number;
    }
    void take_away(replay& events, int number, retirement why)
    {
        destroy(events, number, why);
        all_.erase(number);
    }
    [[nodiscard]] retirement why_it_leaves(int number) const
    {
        const kept& r = all_.at(number);
        if (closed())
            return retirement::closed;
        if (!is_over(r))
            return retirement::shrunk;
        return r.condemned ? retirement::refreshed : retirement::expired;
    }
    void put_back(replay& events, int number)
    {
        kept& r = all_.at(number);
        if (closed() || is_over(r) || (open() && size() > max_size_)
            || (r.may_be_too_many && events.next_is(did::destroyed)))
            return take_away(events, number, why_it_leaves(number));
        r.at = suspended() ? place::aside : place::idle;
        r.rested = false;
        r.last_use = now_;
    }
    void condemn()
    {
        for (auto& [number, r] : all_)
            r.condemned = true;
    }

    // What nobody holds goes if it must, or if it may and does.
    void sweep(replay& events, place from)
    {
        while (events.next_is(did::destroyed)) {
            const int number = events.next_number(0);
            RC_ASSERT(all_.contains(number));
            const kept& r = all_.at(number);
            RC_ASSERT(r.at != place::lent);
            RC_ASSERT(closed() || is_over(r) || r.may_be_too_many || (open() && size() > max_size_));
            take_away(events, number, why_it_leaves(number));
        }
        for (const auto& [number, r] : all_)
            if (r.at == from || r.at == place::aside) {
                RC_ASSERT_FALSE(closed());
                RC_ASSERT_FALSE(is_over(r));
                RC_ASSERT_FALSE(open() && size() > max_size_);
            }
    }

    std::map<int, kept> all_;
    std::size_t min_size_ = 1, max_size_ = 3;
    seconds now_{0}, looked_at_{0};
};

} // namespace steward::test
