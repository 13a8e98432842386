// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>

#include <rapidcheck.h>

#include <cstddef>
#include <ostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

/// What a pool asked its adapter for, and how that ended.
enum class did { created, not_created, found_good, found_bad, reset, not_reset, destroyed };

[[nodiscard]] constexpr std::string_view to_string(did what) noexcept
{
    switch (what) {
    case did::created: return "created";
    case did::not_created: return "not created";
    case did::found_good: return "found good";
    case did::found_bad: return "found bad";
    case did::reset: return "reset";
    case did::not_reset: return "not reset";
    case did::destroyed: return "destroyed";
    }
    return "?";
}

/// The number is the resource's; creating that fails has none.
struct event {
    did what;
    int number = 0;

    bool operator==(const event&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const event& e)
{
    return out << e.number << ' ' << to_string(e.what);
}

/// What the adapter shall do, and what it did since somebody looked last.
struct world {
    bool create_fails = false, validate_fails = false, reset_fails = false, destroy_fails = false;
    int last = 0; ///< the number of the last resource
    std::vector<event> events{};
};

struct thing {
    int number;
};

class world_adapter {
public:
    struct settings {
        world* of;
    };
    using resource_type = thing;

    explicit world_adapter(settings s) : world_{s.of} {}

    thing create()
    {
        note(world_->create_fails ? event{did::not_created} : event{did::created, world_->last + 1});
        if (world_->create_fails)
            throw std::runtime_error{"connection refused"};
        return {++world_->last};
    }
    bool validate(const thing& t)
    {
        note({world_->validate_fails ? did::found_bad : did::found_good, t.number});
        if (world_->validate_fails && t.number % 2 == 0) // a validator that throws finds a resource bad, too
            throw std::runtime_error{"validation failed"};
        return !world_->validate_fails;
    }
    void reset(const thing& t)
    {
        note({world_->reset_fails ? did::not_reset : did::reset, t.number});
        if (world_->reset_fails)
            throw std::runtime_error{"reset failed"};
    }
    void destroy(const thing& t)
    {
        note({did::destroyed, t.number});
        if (world_->destroy_fails)
            throw std::runtime_error{"destroy failed"};
    }

private:
    void note(event e) { world_->events.push_back(e); }

    world* world_;
};
static_assert(steward::adapter<world_adapter>);

/// The events of one operation, in the order in which a model expects them. Where the pool has a choice (which of the
/// idle ones), the model asks what was chosen; everything else must be as it says.
class replay {
public:
    explicit replay(const std::vector<event>& events) : events_{events} {}

    [[nodiscard]] bool at_end() const noexcept { return at_ == events_.size(); }
    [[nodiscard]] bool next_is(did what) const noexcept { return !at_end() && events_[at_].what == what; }
    /// The number in the next event, else that of the resource that was lent in the end.
    [[nodiscard]] int next_number(int lent) const noexcept { return at_end() ? lent : events_[at_].number; }

    void take(did what, int number)
    {
        RC_ASSERT(!at_end());
        RC_ASSERT(events_[at_++] == (event{what, number}));
    }
    /// One of two, as the world decides.
    [[nodiscard]] bool take(bool well, did good, did bad, int number)
    {
        take(well ? good : bad, number);
        return well;
    }
    void expect_end() const
    {
        RC_ASSERT(std::vector<event>(events_.begin() + static_cast<std::ptrdiff_t>(at_), events_.end())
                  == std::vector<event>{});
    }

private:
    const std::vector<event>& events_;
    std::size_t at_ = 0;
};

} // namespace steward::test
