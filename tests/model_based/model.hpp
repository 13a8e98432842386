// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "world.hpp"

#include <steward/error.hpp>
#include <steward/events.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/pool/hooks.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>

namespace steward::test {

using seconds = std::chrono::seconds;

/// When a health policy looks at a resource.
struct looks {
    bool on_borrow, on_return, when_idle;
};
template <class Health>
inline constexpr looks looks_of{detail::validates_on_borrow<Health>, detail::validates_on_return<Health>,
                                detail::validates_when_idle<Health>};

/// The number of the resource that is lent, or why there is none.
using lent_or_not = std::expected<int, errc>;

/// What the models of all pools have in common: they ask a world as a pool asks its adapter, and count.
class model {
public:
    model(const world& w, looks when) : world_{w}, looks_{when} {}

    [[nodiscard]] bool closed() const noexcept { return gate_ == gate::closed; }
    /// What the metrics must be, but for active, size, available and waiting.
    [[nodiscard]] const metrics_snapshot& counted() const noexcept { return counted_; }

    lent_or_not record(lent_or_not answer)
    {
        if (answer) {
            ++counted_.acquisitions;
            return answer;
        }
        ++counted_.failures_by[static_cast<std::size_t>(answer.error())];
        ++(answer.error() == errc::timed_out ? counted_.timeouts : counted_.failures);
        return answer;
    }

protected:
    enum class gate { open, suspended, closed };

    /// The number of a new resource; zero if it cannot be created.
    int create(replay& events)
    {
        const bool well =
            events.take(!world_.create_fails, did::created, did::not_created, world_.create_fails ? 0 : created_ + 1);
        ++(well ? counted_.creations : counted_.create_failures);
        return well ? ++created_ : 0;
    }
    bool validate(replay& events, int number)
    {
        const bool well = events.take(!world_.validate_fails, did::found_good, did::found_bad, number);
        counted_.validation_failures += well ? 0 : 1;
        return well;
    }
    bool reset(replay& events, int number)
    {
        return events.take(!world_.reset_fails, did::reset, did::not_reset, number);
    }
    void destroy(replay& events, int number, retirement why)
    {
        events.take(did::destroyed, number);
        ++counted_.retirements;
        ++counted_.retired_by[static_cast<std::size_t>(why)];
    }

    [[nodiscard]] bool open() const noexcept { return gate_ == gate::open; }
    [[nodiscard]] errc refusal() const noexcept
    {
        return gate_ == gate::closed ? errc::closed : gate_ == gate::suspended ? errc::suspended : errc::timed_out;
    }

    const world& world_;
    const looks looks_;
    gate gate_ = gate::open;

private:
    int created_ = 0;
    metrics_snapshot counted_{};
};

} // namespace steward::test
