// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "model.hpp"

#include <steward/pool/pool_options.hpp>

#include <optional>

namespace steward::test {

/// What `shared` does: one resource for all, made by the first who asks; one that is condemned goes with its last holder.
class shared_model : public model {
public:
    static constexpr seconds validation_interval{60};

    [[nodiscard]] static shared_options options()
    {
        return {.acquire_timeout = seconds{0}, .validation_interval = validation_interval};
    }

    using model::model;

    [[nodiscard]] std::size_t size() const { return number_ == 0 ? 0 : 1; }
    [[nodiscard]] std::size_t active() const { return holders_; }
    [[nodiscard]] std::size_t available() const { return open() && number_ != 0 && !condemned_ ? 1 : 0; }
    [[nodiscard]] static std::size_t most() { return 1; }
    [[nodiscard]] bool suspended() const { return gate_ == gate::suspended; }

    lent_or_not acquire(replay& events, int)
    {
        if (!open())
            return std::unexpected{refusal()};
        if (number_ != 0 && condemned_)
            return std::unexpected{errc::timed_out}; // for its holders to leave
        if (number_ != 0 && looks_.on_borrow && !validate(events, number_)) {
            condemn(events, retirement::invalid);
            if (number_ != 0)
                return std::unexpected{errc::invalid}; // and it cannot be replaced yet
        }
        if (number_ == 0 && !add(events))
            return std::unexpected{errc::create_failed};
        ++holders_;
        return number_;
    }

    void give_back(replay& events, int)
    {
        --holders_;
        leave(events);
    }
    void discard(replay& events, int number)
    {
        if (!condemned_)
            why_ = retirement::discarded;
        condemned_ = true;
        give_back(events, number);
    }

    bool try_one(replay& events)
    {
        if (!open() || (number_ != 0 && condemned_) || (number_ == 0 && !add(events)))
            return false;
        return validate(events, number_);
    }

    [[nodiscard]] static seconds certain(seconds wanted) { return wanted; }
    void maintain(replay& events, seconds now)
    {
        if (!looks_.when_idle || now - looked_at_ < validation_interval)
            return;
        looked_at_ = now;
        if (available() != 0 && !validate(events, number_))
            condemn(events, retirement::invalid);
    }

    void suspend()
    {
        if (!closed())
            gate_ = gate::suspended;
    }
    void resume(replay&)
    {
        if (!closed())
            gate_ = gate::open;
    }
    void refresh(replay& events)
    {
        if (number_ != 0)
            condemn(events, retirement::refreshed);
    }
    void close(replay& events)
    {
        gate_ = gate::closed;
        leave(events);
    }
    std::optional<errc> reopen()
    {
        if (!closed())
            return errc::configuration;
        if (number_ != 0)
            return errc::timed_out;
        gate_ = gate::open;
        return std::nullopt;
    }

private:
    bool add(replay& events)
    {
        condemned_ = false;
        number_ = create(events);
        return number_ != 0;
    }
    void condemn(replay& events, retirement why)
    {
        if (!condemned_)
            why_ = why;
        condemned_ = true;
        leave(events);
    }
    void leave(replay& events)
    {
        if (number_ != 0 && holders_ == 0 && (condemned_ || closed())) {
            destroy(events, number_, condemned_ ? why_ : retirement::closed);
            number_ = 0;
        }
    }

    int number_ = 0; ///< zero: there is none
    bool condemned_ = false;
    retirement why_{};
    std::size_t holders_ = 0;
    seconds looked_at_{0};
};

/// What `transient` does: a new one for each lease.
class transient_model : public model {
public:
    using model::model;

    [[nodiscard]] std::size_t size() const { return active_; }
    [[nodiscard]] std::size_t active() const { return active_; }
    [[nodiscard]] static std::size_t available() { return 0; }
    [[nodiscard]] static std::size_t most() { return 0; }
    [[nodiscard]] static bool suspended() { return false; }

    lent_or_not acquire(replay& events, int)
    {
        if (closed())
            return std::unexpected{errc::closed};
        const int number = create(events);
        if (number == 0)
            return std::unexpected{errc::create_failed};
        ++active_;
        return number;
    }
    void give_back(replay& events, int number)
    {
        destroy(events, number, retirement::transient);
        --active_;
    }
    void discard(replay& events, int number) { give_back(events, number); }

    bool try_one(replay& events)
    {
        const int number = closed() ? 0 : create(events);
        if (number == 0)
            return false;
        const bool good = validate(events, number);
        destroy(events, number, retirement::transient);
        return good;
    }
    void close(replay&) { gate_ = gate::closed; }
    std::optional<errc> reopen()
    {
        if (!closed())
            return errc::configuration;
        if (active_ != 0)
            return errc::timed_out;
        gate_ = gate::open;
        return std::nullopt;
    }

private:
    std::size_t active_ = 0;
};

} // namespace steward::test
